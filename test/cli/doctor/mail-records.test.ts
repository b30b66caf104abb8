/** The DNS records that SES needs, as they are found in the wild. */
import type { Finding } from '../../../cli/doctor/finding';
import { dkimRecords, mxRecord, spfRecord } from '../../../cli/doctor/mail-records';

type Row = [found: string, finding: Finding, outcome: Finding['outcome'], says: string];

const tokens = ['aaa', 'bbb', 'ccc'];
const keys = (found: Record<string, string[]>, known = tokens): Finding =>
  dkimRecords(
    { domain: 'example.org', dkim: { enabled: true, status: 'Success', tokens: known } },
    new Map(Object.entries(found)),
  );
const good = Object.fromEntries(tokens.map((token) => [token, [`${token}.dkim.amazonses.com`]]));
const mx = (...found: string[]): Finding => mxRecord('mail.example.org', 'eu-central-1', found);
const spf = (...found: string[]): Finding => spfRecord('mail.example.org', found);
const SES = 'feedback-smtp.eu-central-1.amazonses.com';

test.each<Row>([
  ['all three keys', keys(good), 'ok', 'all 3'],
  [
    'a region with a DKIM domain of its own',
    keys({ aaa: ['aaa.dkim.eu-north-1.amazonses.com'] }, ['aaa']),
    'ok',
    'all 1',
  ],
  ['no keys', keys({}), 'fail', '3 of 3 CNAME records are missing'],
  ['one key missing', keys({ ...good, bbb: [] }), 'fail', '1 of 3 CNAME records are missing'],
  [
    'one key of another token',
    keys({ ...good, ccc: good['aaa'] ?? [] }),
    'fail',
    '(found aaa.dkim.amazonses.com)',
  ],
  [
    'a key hidden behind a proxy',
    keys({ ...good, aaa: ['aaa.cdn.example.net'] }),
    'fail',
    '(found aaa.cdn.example.net)',
  ],
  [
    'a name that only begins like it',
    keys({ ...good, aaa: ['aaa.dkim.amazonses.com.example.org'] }),
    'fail',
    '1 of 3',
  ],
  ['no tokens', keys({}, []), 'fail', 'names no DKIM records'],
  ['its one server', mx(SES), 'ok', `leads to ${SES}`],
  ['no server', mx(), 'fail', 'has no MX record'],
  ['two servers', mx(SES, 'mx.example.net'), 'fail', 'has 2 MX records'],
  [
    'the server of another region',
    mx('feedback-smtp.us-east-1.amazonses.com'),
    'fail',
    'leads to feedback-smtp.us-east-1',
  ],
  ['the usual SPF record', spf('v=spf1 include:amazonses.com ~all'), 'ok', 'v=spf1'],
  [
    'one beside other texts',
    spf('google-site-verification=x', 'V=SPF1 +include:AmazonSES.com -all'),
    'ok',
    'SPF1',
  ],
  ['one without an end', spf('v=spf1 include:amazonses.com'), 'ok', 'v=spf1'],
  ['no SPF record', spf('v=spf10 include:amazonses.com ~all'), 'fail', 'has no SPF record'],
  ['two', spf('v=spf1 include:amazonses.com ~all', 'v=spf1 -all'), 'fail', 'has 2 SPF records'],
  ['one of somebody else', spf('v=spf1 include:_spf.example.net ~all'), 'fail', 'does not let SES send'],
  ['SES behind the end', spf('v=spf1 -all include:amazonses.com'), 'fail', 'does not let SES send'],
  ['SES kept out', spf('v=spf1 -include:amazonses.com ~all'), 'fail', 'does not let SES send'],
  ['everybody let in', spf('v=spf1 include:amazonses.com +all'), 'warn', 'lets everybody send'],
  ['everybody let in by a bare all', spf('v=spf1 include:amazonses.com all'), 'warn', 'lets everybody send'],
])('%s', (_, { outcome, found }, expected, says) => {
  expect([outcome, found]).toEqual([expected, expect.stringContaining(says)]);
});

test('the remedy spells out the very records that are missing, and no other', () => {
  const { remedy } = keys({ ...good, bbb: [] });
  expect(remedy).toContain('bbb._domainkey.example.org to bbb.dkim.amazonses.com');
  expect(remedy).not.toContain('aaa._domainkey');
  expect(mx().remedy).toContain(`mail.example.org MX 10 ${SES}`);
  expect(spf().remedy).toContain('mail.example.org TXT "v=spf1 include:amazonses.com ~all"');
});
