/** What SES thinks of the sender's domain: is it verified, does it sign, where do bounces go. */
import type { Identity } from '../../lambdas/aws/ses-identity';
import { fail, ok, warn, type Finding } from './finding';

/** SES looks for the records itself, for up to three days: https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-verification.html */
const next = (status: string): string =>
  status === 'Failed'
    ? 'SES has stopped looking for them: once they are set, begin again in its console (Identities, the domain, Edit, Save).'
    : 'SES looks for them for 72 hours; run the doctor again later.';

export function verified({ domain, verification }: Identity): Finding {
  if (verification === 'Success') return ok(`${domain} is verified`);
  if (verification === undefined)
    return fail(
      `SES does not know ${domain} in this region`,
      'Deploy (npm run deploy), or set AWS_REGION to the region of the stack.',
    );
  return fail(
    `${domain} is not verified (${verification})`,
    `Set the three DKIM records that the stack's outputs DnsDkim1 to DnsDkim3 name. ${next(verification)}`,
  );
}

export function signs({ domain, dkim }: Identity): Finding {
  if (!dkim)
    return fail(
      `SES has no DKIM keys for ${domain}`,
      'Deploy again (npm run deploy): the stack turns Easy DKIM on.',
    );
  if (!dkim.enabled)
    return fail(
      `DKIM is off for ${domain}`,
      "Turn signing on for the domain in SES's console, or deploy again (npm run deploy).",
    );
  if (dkim.status === 'Success') return ok('Easy DKIM is on and SES has seen its records');
  if (dkim.status === 'TemporaryFailure')
    return warn(
      'SES can no longer find the DKIM records',
      'Put them back within days: after that SES signs nothing.',
    );
  return fail(
    `SES has not seen the DKIM records yet (${dkim.status})`,
    `Set them: "DKIM records" says which are missing. ${next(dkim.status)}`,
  );
}

/** https://docs.aws.amazon.com/ses/latest/dg/mail-from.html */
export function mailFrom({ domain, mailFrom: custom }: Identity): Finding {
  if (!custom)
    return warn(
      'Bounces go to a domain of Amazon: SPF passes, but not for your domain',
      `Deploy again (npm run deploy): the stack sets mail.${domain} as MAIL FROM.`,
    );
  if (custom.status === 'Success') return ok(`${custom.domain} is in use`);
  return warn(
    `${custom.domain} is not in use (${custom.status}): SES takes a domain of Amazon's instead`,
    `Set its MX and SPF records (the stack's outputs DnsMailFromMx and DnsMailFromSpf). ${next(custom.status)}`,
  );
}
