/** What SES knows of a domain that mails come from: whether it is ours, how it signs, and where bounces go. */
import {
  GetIdentityDkimAttributesCommand,
  GetIdentityMailFromDomainAttributesCommand,
  GetIdentityVerificationAttributesCommand,
} from '@aws-sdk/client-ses';
import * as z from 'zod/mini';
import { ses } from './mailer';

/** One of SES's words, such as "Success", "Pending", "Failed", "TemporaryFailure" or "NotStarted". */
const Status = z.string();

const Verification = z.object({ VerificationStatus: Status });
const Dkim = z.object({
  DkimEnabled: z.boolean(),
  DkimVerificationStatus: Status,
  DkimTokens: z._default(z.array(z.string()), []),
});
/** SES answers without the two, whatever its reference says, for a domain that has no such domain of its own. */
const MailFrom = z.object({
  MailFromDomain: z.optional(z.string()),
  MailFromDomainStatus: z._default(Status, 'NotStarted'),
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
  const dkim = z.optional(Dkim).parse(DkimAttributes?.[domain]);
  const mailFrom = z.optional(MailFrom).parse(MailFromDomainAttributes?.[domain]);
  return {
    domain,
    verification: z.optional(Verification).parse(VerificationAttributes?.[domain])?.VerificationStatus,
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
