/** DMARC: the record that asks receivers to check, and whether our mails pass it by SPF, by DKIM, or by both. */
import type { Identity } from '../../lambdas/aws/ses-identity';
import { fail, ok, warn, type Finding } from './finding';
import type { Dns } from './resolver';

export interface Dmarc {
  /** Where it was found: the domain itself or one above it. */
  at: string;
  records: readonly string[];
}

const isDmarc = (text: string): boolean => /^v\s*=\s*DMARC1\s*(;|$)/.test(text);

/** Of the domain, or else of the nearest one above it; a top-level domain is not asked. */
export async function findDmarc(domain: string, { texts }: Pick<Dns, 'texts'>): Promise<Dmarc> {
  for (let at = domain; at.includes('.'); at = at.slice(at.indexOf('.') + 1)) {
    const records = (await texts(`_dmarc.${at}`)).filter(isDmarc);
    if (records.length > 0) return { at, records };
  }
  return { at: domain, records: [] };
}

/** RFC 7489 §6.3: `name=value` between semicolons; names in any case. */
const tagsOf = (record: string): Record<string, string> =>
  Object.fromEntries(
    record
      .split(';')
      .map((tag) => tag.split('=').map((part) => part.trim()))
      .map(([name = '', ...value]) => [name.toLowerCase(), value.join('=').toLowerCase()]),
  );

/** Gmail and Yahoo want one of everybody who sends to many: https://support.google.com/a/answer/81126 */
export function dmarcRecord(domain: string, { at, records }: Dmarc): Finding {
  const [record = ''] = records;
  if (records.length === 0)
    return fail(
      `${domain} has no DMARC record`,
      `Set _dmarc.${domain} TXT "v=DMARC1; p=none" to begin with.`,
    );
  // §6.6.3: with more than one, DMARC is not applied
  if (records.length > 1)
    return fail(`_dmarc.${at} has ${records.length} DMARC records, so none counts`, 'Leave one of them.');
  const { p, sp } = tagsOf(record);
  const policy = at === domain ? p : (sp ?? p);
  if (policy === 'quarantine' || policy === 'reject') return ok(`${record} (at _dmarc.${at})`);
  if (policy === 'none')
    return warn(
      `${record} (at _dmarc.${at}): receivers let forged mail through`,
      'Ask for reports with "rua=mailto:…", and once they show your mails passing for some weeks, set p=quarantine.',
    );
  return fail(
    `the DMARC record has no policy: ${record}`,
    `Set _dmarc.${at} TXT "v=DMARC1; p=none" to begin with.`,
  );
}

/** §3.1: relaxed unless the record says strict. One of the two must align with the From address; both is better. */
export function alignment({ domain, dkim, mailFrom }: Identity, { records }: Dmarc): Finding {
  const { adkim = 'r', aspf = 'r' } = tagsOf(records[0] ?? '');
  const strict = aspf === 's';
  const envelope = mailFrom?.status === 'Success' ? mailFrom.domain : 'amazonses.com';
  const byDkim = dkim?.enabled === true && dkim.status === 'Success'; // signed as the From domain itself
  const bySpf = envelope === domain || (!strict && isRelated(envelope, domain));
  const how = `DKIM ${word(adkim)}: ${yes(byDkim)}; SPF ${word(aspf)}, ${envelope} for ${domain}: ${yes(bySpf)}`;
  if (byDkim && bySpf) return ok(how);
  if (!byDkim && !bySpf)
    return fail(how, 'No mail passes DMARC: set up DKIM and the MAIL FROM domain as the lines above say.');
  if (byDkim)
    return warn(
      how,
      strict && mailFrom
        ? `Mails pass by DKIM alone: "aspf=s" asks for bounces at ${domain} itself; leave it out, or accept this.`
        : 'Mails pass by DKIM alone: set up the MAIL FROM domain as the lines above say.',
    );
  return warn(
    how,
    'Mails pass by SPF alone, and fail once they are forwarded: set up DKIM as the lines above say.',
  );
}

const word = (mode: string): string => (mode === 's' ? 'strict' : 'relaxed');
const yes = (aligned: boolean): string => (aligned ? 'aligned' : 'not aligned');

/** One is above the other; without a list of public suffixes two siblings can't be told from strangers. */
const isRelated = (one: string, other: string): boolean =>
  one.endsWith(`.${other}`) || other.endsWith(`.${one}`);
