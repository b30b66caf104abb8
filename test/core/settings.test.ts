/** newsletter.json: what is fine, what is filled in, and what an operator is told about the rest. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../lambdas/core/settings';

const least = {
  name: 'Papers',
  sender: { name: 'Papers', address: 'digest@papers.example.org' },
  postalAddress: '1 Example Street',
  site: 'https://papers.example.org',
  timeZone: 'Europe/Berlin',
  cadences: { weekly: { cron: '0 7 ? * MON *', papers: 10 } },
};

test('the newsletter.json that comes with the project is fine', () => {
  const shipped: unknown = JSON.parse(readFileSync(join(__dirname, '..', '..', 'newsletter.json'), 'utf8'));
  expect(readSettings(shipped).name).toBe('Paperboy');
});

test('what an operator leaves out is filled in', () => {
  expect(readSettings(least)).toMatchObject({
    ...least,
    tagline: 'Get trending papers in your email inbox',
    sources: [],
    limits: { invitationsPerAddress: 3, invitationsPerNetwork: 30, invitations: 1_000 },
  });
});

test('a part of the limits may be left out as well', () => {
  expect(readSettings({ ...least, limits: { invitations: 5 } }).limits).toMatchObject({
    invitationsPerAddress: 3,
    invitationsPerNetwork: 30,
    invitations: 5,
  });
});

test.each([
  ['a site with a slash at its end', { site: 'https://papers.example.org/' }],
  ['a site on this machine', { site: 'http://127.0.0.1:3000' }],
  ['a name in any script', { name: '論文便り “daily”' }],
  [
    'all three cadences',
    {
      cadences: {
        ...least.cadences,
        daily: { cron: '0 7 ? * MON-FRI *', papers: 50 },
        monthly: { cron: '0 7 1 * ? *', papers: 1 },
      },
    },
  ],
  ['a file of papers', { sources: [{ kind: 'file', path: 'papers.jsonl' }] }],
])('fine: %s', (_, change) => {
  expect(() => readSettings({ ...least, ...change })).not.toThrow();
});

const told = (value: unknown): string => {
  try {
    readSettings(value);
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
};

test.each([
  ['no name', { name: undefined }, 'name: is missing'],
  ['a name that is no text', { name: 7 }, 'name: must be of type string'],
  ['an empty name', { name: '  ' }, 'name: is empty'],
  ['a long name', { name: 'x'.repeat(61) }, 'name: is longer than 60 characters'],
  [
    'a name of two lines',
    { name: 'Papers\r\nBcc: eve@example.org' },
    'name: has a line break or another control character',
  ],
  ['no sender', { sender: undefined }, 'sender: is missing'],
  ['a sender without an address', { sender: { name: 'Papers' } }, 'sender.address: Enter an email address.'],
  [
    'a sender that is no address',
    { sender: { name: 'P', address: 'papers' } },
    'sender.address: This is no email address that we can write to',
  ],
  [
    'a sender’s name of two lines',
    { sender: { name: 'a\nb', address: 'a@example.org' } },
    'sender.name: has a line break',
  ],
  ['no postal address', { postalAddress: undefined }, 'postalAddress: is missing'],
  ['an empty postal address', { postalAddress: '' }, 'postalAddress: is empty'],
  [
    'a site without https',
    { site: 'http://papers.example.org' },
    'site: must be an https address without a path',
  ],
  [
    'a site with a path',
    { site: 'https://example.org/papers' },
    'site: must be an https address without a path',
  ],
  [
    'a site with a question',
    { site: 'https://example.org/?a' },
    'site: must be an https address without a path',
  ],
  [
    'a site with a password',
    { site: 'https://a:b@example.org' },
    'site: must be an https address without a path',
  ],
  ['a site that is none', { site: 'papers' }, 'site: must be an https address without a path'],
  ['no time zone', { timeZone: undefined }, 'timeZone: is missing'],
  [
    'a time zone on Mars',
    { timeZone: 'Mars/Base' },
    'timeZone: is no IANA time zone, such as "Europe/Berlin"',
  ],
  ['an offset, which EventBridge does not know', { timeZone: '+02:00' }, 'timeZone: is no IANA time zone'],
  ['no cadence', { cadences: {} }, 'cadences: needs "weekly"'],
  [
    'an unknown cadence',
    { cadences: { ...least.cadences, hourly: {} } },
    'cadences: has "hourly", which no setting is called',
  ],
  [
    'a crontab of five fields',
    { cadences: { weekly: { cron: '0 7 * * 1', papers: 10 } } },
    'cadences.weekly.cron: must be six EventBridge cron fields',
  ],
  [
    'a cron with two days',
    { cadences: { weekly: { cron: '0 7 * * MON *', papers: 10 } } },
    'cadences.weekly.cron: must be six EventBridge cron fields of which one day field is "?"',
  ],
  [
    'no papers',
    { cadences: { weekly: { cron: '0 7 ? * MON *', papers: 0 } } },
    'cadences.weekly.papers: is less than 1',
  ],
  [
    'too many papers',
    { cadences: { weekly: { cron: '0 7 ? * MON *', papers: 51 } } },
    'cadences.weekly.papers: is more than 50',
  ],
  [
    'half a paper',
    { cadences: { weekly: { cron: '0 7 ? * MON *', papers: 1.5 } } },
    'cadences.weekly.papers: must be a whole number',
  ],
  ['a source of another kind', { sources: [{ kind: 'ftp', path: 'x' }] }, 'sources.0.kind: must be "file"'],
  ['a limit below one', { limits: { invitations: 0 } }, 'limits.invitations: is less than 1'],
  ['a field with a slip', { taglin: 'x' }, 'the file: has "taglin", which no setting is called'],
])('told about: %s', (_, change, words) => {
  expect(told({ ...least, ...change })).toMatch(`newsletter.json needs a change:\n  ${words}`);
});

test('all that is wrong is told at once, a line each', () => {
  expect(told({ ...least, name: '', timeZone: 'x', site: 'x' }).split('\n')).toHaveLength(4);
  expect(told(null)).toBe('newsletter.json needs a change:\n  the file: must be of type object');
});
