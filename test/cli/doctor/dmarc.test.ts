/** DMARC: where its record stands, what it asks for, and whether the newsletter's mails pass it. */
import { alignment, dmarcRecord, findDmarc, type Dmarc } from '../../../cli/doctor/dmarc';
import type { Finding } from '../../../cli/doctor/finding';
import type { Identity } from '../../../lambdas/aws/ses-identity';

const DOMAIN = 'papers.example.org';
const at = (where: string, ...records: string[]): Dmarc => ({ at: where, records });
const own = (...records: string[]): Finding => dmarcRecord(DOMAIN, at(DOMAIN, ...records));
const above = (...records: string[]): Finding => dmarcRecord(DOMAIN, at('example.org', ...records));

test.each<[record: string, finding: Finding, outcome: Finding['outcome'], says: string]>([
  ['none', own(), 'fail', 'has no DMARC record'],
  ['two', own('v=DMARC1; p=none', 'v=DMARC1; p=reject'), 'fail', '2 DMARC records'],
  ['one that only watches', own('v=DMARC1; p=none'), 'warn', 'forged'],
  ['one that quarantines', own('v=DMARC1; p=quarantine; pct=50'), 'ok', 'quarantine'],
  ['one that rejects, oddly written', own('v=DMARC1;P = Reject'), 'ok', 'Reject'],
  ['one without a policy', own('v=DMARC1; rua=mailto:d@example.org'), 'fail', 'no policy'],
  ['one with a policy that does not exist', own('v=DMARC1; p=block'), 'fail', 'no policy'],
  ['one above, which holds here too', above('v=DMARC1; p=reject'), 'ok', 'at _dmarc.example.org'],
  ['one above that spares its subdomains', above('v=DMARC1; p=reject; sp=none'), 'warn', 'forged'],
  [
    'its own, whose word on subdomains is not about itself',
    own('v=DMARC1; p=reject; sp=none'),
    'ok',
    'reject',
  ],
])('a domain whose record is %s', (_, { outcome, found }, expected, says) => {
  expect([outcome, found]).toEqual([expected, expect.stringContaining(says)]);
});

const zone = (records: Record<string, string[]>) => {
  const asked: string[] = [];
  const texts = async (name: string): Promise<string[]> => {
    asked.push(name);
    return records[name] ?? [];
  };
  return { texts, asked };
};

test('the nearest record counts, other texts at the name do not, and a top-level domain is left in peace', async () => {
  const near = zone({
    '_dmarc.papers.example.org': ['v=DMARC1; p=none', 'hello'],
    '_dmarc.example.org': ['v=DMARC1; p=reject'],
  });
  expect(await findDmarc(DOMAIN, near)).toEqual(at(DOMAIN, 'v=DMARC1; p=none'));
  const far = zone({
    '_dmarc.papers.example.org': ['v=DMARC12'],
    '_dmarc.example.org': ['v=DMARC1; p=reject'],
  });
  expect(await findDmarc(DOMAIN, far)).toEqual(at('example.org', 'v=DMARC1; p=reject'));
  const nowhere = zone({});
  expect(await findDmarc(DOMAIN, nowhere)).toEqual(at(DOMAIN));
  expect(nowhere.asked).toEqual(['_dmarc.papers.example.org', '_dmarc.example.org']);
});

const signed = { enabled: true, status: 'Success', tokens: [] };
const unsigned = { ...signed, status: 'Pending' };
const bounces = { domain: `mail.${DOMAIN}`, status: 'Success' };

test.each<
  [
    mails: string,
    identity: Omit<Identity, 'domain'>,
    record: string,
    outcome: Finding['outcome'],
    remedy: string,
  ]
>([
  ['signed, with bounces of its own', { dkim: signed, mailFrom: bounces }, 'v=DMARC1; p=none', 'ok', ''],
  [
    'signed, while the record is strict on signatures',
    { dkim: signed, mailFrom: bounces },
    'v=DMARC1; p=none; adkim=s',
    'ok',
    '',
  ],
  [
    'signed, while the record is strict on bounces',
    { dkim: signed, mailFrom: bounces },
    'v=DMARC1; p=none; aspf=s',
    'warn',
    'aspf=s',
  ],
  ['signed, with bounces at Amazon', { dkim: signed }, 'v=DMARC1; p=none', 'warn', 'by DKIM alone'],
  [
    'signed, with a bounce domain not in use',
    { dkim: signed, mailFrom: { ...bounces, status: 'Failed' } },
    'v=DMARC1; p=none',
    'warn',
    'by DKIM alone',
  ],
  [
    'unsigned, with bounces of its own',
    { dkim: unsigned, mailFrom: bounces },
    'v=DMARC1; p=none',
    'warn',
    'forwarded',
  ],
  [
    'unsigned, with bounces of a stranger',
    { dkim: unsigned, mailFrom: { ...bounces, domain: 'mail.example.net' } },
    'v=DMARC1; p=none',
    'fail',
    'No mail passes',
  ],
  ['neither', { dkim: { ...signed, enabled: false } }, 'v=DMARC1; p=none', 'fail', 'No mail passes'],
  ['neither, and no record', {}, '', 'fail', 'No mail passes'],
])('mails %s', (_, identity, record, expected, remedy) => {
  const finding = alignment({ domain: DOMAIN, ...identity }, at(DOMAIN, ...(record ? [record] : [])));
  expect([finding.outcome, finding.remedy ?? '']).toEqual([expected, expect.stringContaining(remedy)]);
});
