/** What an operator reads when a setting is missing or wrong: the field's name, and an example of what would be right. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schedulesThatNeverFire } from '../../settings/schedules';
import { readSettings } from '../../lambdas/core/settings';
import newsletter from '../../newsletter.example.json';

const NOW = new Date('2026-11-28T12:00:00Z');
const ROOT = join(__dirname, '..', '..');

/** As the synth finds them. */
function problemsWith(change: object): string {
  try {
    return schedulesThatNeverFire(readSettings({ ...newsletter, ...change }), NOW)
      .map((line) => `  ${line}`)
      .join('\n');
  } catch (error) {
    return (error as Error).message;
  }
}

const weekly = (cadence: object): object => ({ cadences: { weekly: cadence } });
const at = (cron: string): object => weekly({ cron, papers: 10 });
const sender = (address: unknown): object => ({ sender: { name: 'Papers', address } });
const zoned = (change: object): object => ({
  domain: { zone: 'example.org', zoneId: 'Z0123456789ABCDEFGHIJ' },
  ...change,
});

test.each<[what: string, change: object, field: string, example: string]>([
  ['no sender', { sender: undefined }, 'sender', '"digest@papers.example.org"'],
  ['a sender without an address', sender(undefined), 'sender.address', '"digest@papers.example.org"'],
  ['an address that is none', sender('digest'), 'sender.address', '"digest@papers.example.org"'],
  ['an address at a provider', sender('ada@gmail.com'), 'sender.address', '"digest@papers.example.org"'],
  ['the same in capitals', sender('Ada@GMail.com'), 'sender.address', '"digest@papers.example.org"'],
  ['an empty postal address', { postalAddress: ' ' }, 'postalAddress', '"Paperboy, 1 Example Street'],
  ['no postal address', { postalAddress: undefined }, 'postalAddress', '"Paperboy, 1 Example Street'],
  ['no site', { site: undefined }, 'site', '"https://papers.example.org"'],
  ['a site without https', { site: 'http://papers.ada.dev' }, 'site', '"https://papers.example.org"'],
  ['an unknown time zone', { timeZone: 'Mars/Base' }, 'timeZone', '"Europe/Berlin"'],
  ['no time zone', { timeZone: undefined }, 'timeZone', '"Europe/Berlin"'],
  ['no cadence', { cadences: undefined }, 'cadences', '{ "weekly": { "cron": "0 7 ? * MON *"'],
  ['a cadence without a time', weekly({ papers: 10 }), 'cadences.weekly.cron', '"0 7 ? * MON *"'],
  ['a cadence without papers', weekly({ cron: '0 7 ? * MON *' }), 'cadences.weekly.papers', '10'],
  ['a crontab', at('0 7 * * 1'), 'cadences.weekly.cron', '"0 7 ? * MON *"'],
  ['two days', at('0 7 1 * MON *'), 'cadences.weekly.cron', '"0 7 ? * MON *"'],
  ['an hour that there is not', at('0 25 ? * MON *'), 'cadences.weekly.cron', '"0 7 ? * MON *"'],
  ['an eighth day of the week', at('0 7 ? * 8 *'), 'cadences.weekly.cron', '"0 7 ? * MON *"'],
  ['words for a time', at('every Monday at 7 ? *'), 'cadences.weekly.cron', '"0 7 ? * MON *"'],
  ['a day that never comes', at('0 7 31 2 ? *'), 'cadences.weekly.cron', '"0 7 ? * MON *"'],
  ['a year that is over', at('0 7 ? * MON 2025'), 'cadences.weekly.cron', '"0 7 ? * MON *"'],
  [
    'a time that the clocks skip, and never else',
    { timeZone: 'Europe/Berlin', ...at('30 2 28 3 ? 2027') },
    'cadences.weekly.cron',
    '"0 7 ? * MON *"',
  ],
  ['a region that is none', { region: 'Frankfurt' }, 'region', '"eu-central-1"'],
  ['a domain without its zone’s id', { domain: { zone: 'example.org' } }, 'domain', '"zoneId"'],
  ['a zone’s id that is none', { domain: { zone: 'example.org', zoneId: 'x' } }, 'domain.zoneId', '"Z0123'],
  ['a site outside the zone', zoned({ site: 'https://papers.ada.dev' }), 'domain.zone', '"example.org"'],
  [
    'a zone that the site only ends like',
    zoned({ site: 'https://myexample.org' }),
    'domain.zone',
    '"example.org"',
  ],
  ['a sender outside the zone', zoned(sender('digest@ada.dev')), 'domain.zone', '"example.org"'],
  [
    'a certificate of another region',
    {
      region: 'eu-central-1',
      domain: { certificate: 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b' },
    },
    'domain.certificate',
    'eu-central-1',
  ],
  ['a table by no such name', { kept: { subscribers: 'a b' } }, 'kept.subscribers', '"subscribers-restored"'],
  ['a time zone in small letters', { timeZone: 'europe/berlin' }, 'timeZone', '"Europe/Berlin"'],
  ['an offset for a time zone', { timeZone: '+02:00' }, 'timeZone', '"Europe/Berlin"'],
  [
    'keys by half of their ARN',
    { kept: { keys: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:KeysSecret' } },
    'kept.keys',
    '"arn:aws:secretsmanager:',
  ],
  [
    'keys of another region',
    {
      region: 'eu-central-1',
      kept: { keys: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:KeysSecret-AbCdEf' },
    },
    'kept.keys',
    'eu-central-1',
  ],
  ['keys by their name', { kept: { keys: 'KeysSecret' } }, 'kept.keys', '"arn:aws:secretsmanager:'],
])('%s: the field is named, with an example', (_, change, field, example) => {
  const said = problemsWith(change);
  expect(said).toContain(`  ${field}: `);
  expect(said.split('\n').find((line) => line.startsWith(`  ${field}: `))).toContain(example);
});

test.each<[what: string, change: object]>([
  ['as it comes', {}],
  ['one leap day in years', at('0 7 29 2 ? *')],
  ['a year to come', at('0 7 ? * MON 2027')],
  ['a zone above site and sender', zoned({})],
  ['a zone that is the site', zoned({ domain: { zone: 'papers.example.org', zoneId: 'Z0123456789AB' } })],
  ['a certificate', { domain: { certificate: 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b' } }],
])('nothing is wrong with: %s', (_, change) => {
  expect(problemsWith(change)).toBe('');
});

test('cdk itself stops at what is wrong, with the words and no stack trace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-synth-'));
  try {
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'newsletter.json'), JSON.stringify({ ...newsletter, ...at('0 7 31 2 ? *') }));
    const app = `node --import tsx ${join(ROOT, 'infra', 'app.ts')}`;
    const words = [require.resolve('aws-cdk/bin/cdk'), 'synth', '--quiet', '--app', app];
    const { status, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^ {2}cadences\.weekly\.cron: "0 7 31 2 \? \*" never fires.*"0 7 \? \* MON \*"$/m);
    expect(stderr).not.toContain('    at ');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
