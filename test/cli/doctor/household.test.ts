/** What an operator looks after: letters that nobody could settle, the clock, the keys, the site, the postal address. */
import type { Finding } from '../../../cli/doctor/finding';
import { clock, deadLetters, failedRuns, keyAge } from '../../../cli/doctor/household';
import { account, deployed, newsletter, postalAddress } from '../../../cli/doctor/settings';
import { siteAnswers } from '../../../cli/doctor/site';
import example from '../../../newsletter.example.json';
import { readSettings } from '../../../lambdas/core/settings';

const now = new Date('2025-03-10T07:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const SITE = 'https://papers.example.org';
const json = 'application/json; charset=utf-8';
const settings = readSettings(example);
const mine = { postalAddress: 'Ada Lovelace, 12 St James’s Square, London' };

test.each<[state: string, finding: Finding, outcome: Finding['outcome'], says: string, remedy: string]>([
  ['no dead letters', deadLetters(0), 'ok', 'none', ''],
  ['one', deadLetters(1), 'warn', '1 message that', 'dead-letters redrive'],
  ['many', deadLetters(12), 'warn', '12 messages that', 'dead-letters list'],
  ['no failed runs', failedRuns(0), 'ok', 'none', ''],
  ['a failed run', failedRuns(1), 'warn', '1 run that', 'build-digest'],
  ['the right time', clock(0.4), 'ok', '0.4 seconds ahead', ''],
  ['half a minute', clock(-30), 'ok', '30.0 seconds behind', ''],
  ['more than half a minute', clock(-31), 'warn', '31.0 seconds behind', 'time server'],
  ['five minutes', clock(300), 'warn', '300.0 seconds ahead', 'time server'],
  ['more than five minutes', clock(301), 'fail', '301.0 seconds ahead', 'time server'],
  ['new keys', keyAge(now, now), 'ok', '0 days ago', ''],
  ['keys of a clock that goes wrong', keyAge(daysAgo(-1), now), 'ok', '0 days ago', ''],
  ['two years', keyAge(daysAgo(730), now), 'ok', '730 days ago', ''],
  ['more than two years', keyAge(daysAgo(731), now), 'warn', '731 days ago', 'never take k1 away'],
  ['our site', siteAnswers(SITE, { status: 200, type: json }), 'ok', 'answers', ''],
  [
    "somebody else's page",
    siteAnswers(SITE, { status: 200, type: 'text/html' }),
    'fail',
    'is not this newsletter',
    'SiteAddress',
  ],
  [
    'a page that sends on',
    siteAnswers(SITE, { status: 301, type: '' }),
    'fail',
    '(status 301, no content)',
    'SiteAddress',
  ],
  ['a site that is broken', siteAnswers(SITE, { status: 500, type: json }), 'fail', 'status 500', 'archive'],
  ['no site', siteAnswers(SITE, { problem: 'getaddrinfo ENOTFOUND' }), 'fail', 'ENOTFOUND', 'SiteAddress'],
  ["the operator's own address", postalAddress(mine, false), 'ok', 'Ada Lovelace', ''],
  ["the example's", postalAddress(example, false), 'fail', "the example's", 'newsletter.json'],
  [
    "half the example's",
    postalAddress({ postalAddress: 'Ada, 1 example street' }, false),
    'fail',
    "the example's",
    'law',
  ],
  [
    "the example's on a machine of one's own",
    postalAddress(example, true),
    'warn',
    "the example's",
    'newsletter.json',
  ],
  ['settings that can be read', newsletter(settings), 'ok', 'digest@papers.example.org', ''],
  [
    'settings as they were deployed',
    deployed(settings, readSettings(example)),
    'ok',
    'as it was deployed',
    '',
  ],
  [
    'settings that were changed since',
    deployed(settings, { ...settings, name: 'Old', timeZone: 'Europe/Berlin' }),
    'warn',
    'deployed: name, timeZone',
    'npm run deploy',
  ],
  [
    'settings that lost a field since',
    deployed(settings, { ...settings, extra: 1 } as typeof settings),
    'warn',
    ': extra',
    'npm run deploy',
  ],
  ['an account', account({ account: '123456789012', region: 'eu-central-1' }), 'ok', 'eu-central-1', ''],
])('%s', (_, finding, outcome, says, remedy) => {
  expect([finding.outcome, finding.found]).toEqual([outcome, expect.stringContaining(says)]);
  expect(finding.remedy ?? '').toContain(remedy);
});
