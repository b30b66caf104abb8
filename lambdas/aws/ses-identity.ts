/** What SES knows of a domain that mails come from: whether it is ours, how it signs, and where bounces go. */
import {
  GetIdentityDkimAttributesCommand,
  GetIdentityMailFromDomainAttributesCommand,
  GetIdentityVerificationAttributesCommand,
} from '@aws-sdk/client-ses';
import * as z from 'zod';
import { ses } from './mailer';

/** One of SES's words, such as "Success", "Pending", "Failed", "TemporaryFailure" or "NotStarted". */
const Status = z.string();

const Verification = z.object({ VerificationStatus: Status });
const Dkim = z.object({
  DkimEnabled: z.boolean(),
  DkimVerificationStatus: Status,
  DkimTokens: z.array(z.string()).default([]),
});
/** SES answers without the two, whatever its reference says, for a domain that has no such domain of its own. */
const MailFrom = z.object({
  MailFromDomain: z.string().optional(),
  MailFromDomainStatus: Status.default('NotStarted'),
});

export interface Identity {
  domain: string;
  /** Without one SES doesn't know the domain. */
  verification?: string | undefined;
  dkim?: { enabled: boolean; status: string; tokens: string[] } | undefined;
  /** Without one bounces go to a domain of Amazon's. */
  mailFrom?: { domain: string; status: string } | undefined;
}

/** https://docs.aws.amazon.com/ses/latest/APIReference/API_GetIdentityDkimAttributes.html and its neighbours */
export async function identityOf(domain: string): Promise<Identity> {
  const asked = { Identities: [domain] };
  const { VerificationAttributes } = await ses.send(new GetIdentityVerificationAttributesCommand(asked));
  const { DkimAttributes } = await ses.send(new GetIdentityDkimAttributesCommand(asked));
  const { MailFromDomainAttributes } = await ses.send(new GetIdentityMailFromDomainAttributesCommand(asked));
  const dkim = Dkim.optional().parse(DkimAttributes?.[domain]);
  const mailFrom = MailFrom.optional().parse(MailFromDomainAttributes?.[domain]);
  return {
    domain,
    verification: Verification.optional().parse(VerificationAttributes?.[domain])?.VerificationStatus,
    dkim: dkim && {
      enabled: dkim.DkimEnabled,
      status: dkim.DkimVerificationStatus,
      tokens: dkim.DkimTokens,
    },
    mailFrom: mailFrom?.MailFromDomain
      ? { domain: mailFrom.MailFromDomain, status: mailFrom.MailFromDomainStatus }
      : undefined,
  };
}
