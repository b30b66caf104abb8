/** The records that SES needs in the DNS: DKIM's three names, and MX and SPF of the MAIL FROM domain. */
import type { Identity } from '../../lambdas/aws/ses-identity';
import { fail, ok, warn, type Finding } from './finding';

/** `found` holds the canonical names of each token's record. Some regions have a DKIM domain of their own. */
export function dkimRecords(
  { domain, dkim }: Identity,
  found: ReadonlyMap<string, readonly string[]>,
): Finding {
  const tokens = dkim?.tokens ?? [];
  if (tokens.length === 0)
    return fail(
      'SES names no DKIM records',
      'Turn Easy DKIM on: deploy again (npm run deploy), and run the doctor after it.',
    );
  const missing = tokens.filter((token) => !found.get(token)?.some((name) => isKey(name, token)));
  if (missing.length === 0) return ok(`all ${tokens.length} CNAME records are there`);
  const wrong = missing.flatMap((token) => found.get(token) ?? []);
  return fail(
    `${missing.length} of ${tokens.length} CNAME records are missing${wrong.length ? ` (found ${wrong.join(', ')})` : ''}`,
    `Set as plain CNAME records, not proxied: ${missing.map((token) => `${dkimName(token, domain)} to ${token}.dkim.amazonses.com`).join('; ')}.`,
  );
}

export const dkimName = (token: string, domain: string): string => `${token}._domainkey.${domain}`;

const isKey = (name: string, token: string): boolean =>
  name.startsWith(`${token}.dkim.`) && name.endsWith('.amazonses.com');

/** SES wants this one and no other: https://docs.aws.amazon.com/ses/latest/dg/mail-from.html#mail-from-set */
export function mxRecord(name: string, region: string, found: readonly string[]): Finding {
  const wanted = `feedback-smtp.${region}.amazonses.com`;
  const remedy = `Set exactly one MX record: ${name} MX 10 ${wanted}.`;
  if (found.length === 0) return fail(`${name} has no MX record`, remedy);
  if (found.length > 1) return fail(`${name} has ${found.length} MX records: ${found.join(', ')}`, remedy);
  return found[0] === wanted
    ? ok(`${name} leads to ${wanted}`)
    : fail(`${name} leads to ${found[0]}`, remedy);
}

/** RFC 7208. `found` holds all text records of the name. */
export function spfRecord(name: string, found: readonly string[]): Finding {
  const records = found.filter((text) => /^v=spf1( |$)/i.test(text));
  const remedy = `Set exactly one: ${name} TXT "v=spf1 include:amazonses.com ~all".`;
  const [record = ''] = records;
  if (records.length === 0) return fail(`${name} has no SPF record`, remedy);
  // §4.5: with more than one, every check ends in an error
  if (records.length > 1) return fail(`${name} has ${records.length} SPF records, so none counts`, remedy);
  const terms = record.toLowerCase().split(/ +/).slice(1);
  const all = terms.findIndex((term) => /^[+?~-]?all$/.test(term));
  // §5.1: what stands behind "all" is never looked at
  const heard = all < 0 ? terms : terms.slice(0, all);
  if (!heard.some((term) => /^\+?include:amazonses\.com$/.test(term)))
    return fail(`the SPF record does not let SES send: ${record}`, remedy);
  if (/^\+?all$/.test(terms[all] ?? '')) return warn(`the SPF record lets everybody send: ${record}`, remedy);
  return ok(record);
}
