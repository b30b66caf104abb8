/** Whether the account may send, enough for the readers, and without having made enemies. */
import type { ConfigurationSet } from '../../../lambdas/aws/configuration-set';
import type { Quota } from '../../../lambdas/core/pace';
import type { Finding } from '../../../cli/doctor/finding';
import { events, rules } from '../../../cli/doctor/reports';
import { bounces, complaints, daysFor, quotas, sandbox, sendingEnabled } from '../../../cli/doctor/sending';

type Row = [state: string, finding: Finding, outcome: Finding['outcome'], says: string];
const quota = (change: Partial<Quota> = {}): Quota => ({
  perSecond: 14,
  perDay: 50_000,
  sentToday: 0,
  ...change,
});
const readers = (count: number, exactly = true) => ({ count, exactly });
const unlimited = quota({ perDay: Number.MAX_SAFE_INTEGER });

test.each<Row>([
  ['an account that may send', sendingEnabled(true), 'ok', 'may send'],
  ['an account that SES paused', sendingEnabled(false), 'fail', 'paused'],
  ['the sandbox', sandbox(quota({ perDay: 200 })), 'warn', 'sandbox'],
  ['the smallest account outside', sandbox(quota({ perDay: 201 })), 'ok', 'out of the sandbox'],
  ['an account without limits', sandbox(unlimited), 'ok', 'out of the sandbox'],
])('%s', (_, finding, outcome, says) => {
  expect(finding).toMatchObject({ outcome, found: expect.stringContaining(says) });
});

test.each<Row>([
  [
    'four fifths of the day, all of them readers',
    quotas(quota(), readers(40_000)),
    'ok',
    'enough for 40,000',
  ],
  ['one reader more', quotas(quota(), readers(40_001)), 'warn', 'takes 2 days'],
  ['most of the day gone', quotas(quota({ sentToday: 39_000 }), readers(1_001)), 'warn', 'wait for tomorrow'],
  ['just enough of the day left', quotas(quota({ sentToday: 39_000 }), readers(1_000)), 'ok', '39,000 sent'],
  [
    'a rate that takes half a day',
    quotas({ ...unlimited, perSecond: 1 }, readers(41_041)),
    'warn',
    '12 hours',
  ],
  ['no limit a day', quotas(unlimited, readers(100_000)), 'ok', 'no limit a day'],
  ['more rows than were counted one by one', quotas(quota(), readers(30_000, false)), 'ok', 'at most 30,000'],
  ['nobody yet', quotas(quota(), readers(0)), 'ok', 'enough for 0'],
])("SES's limits against the readers: %s", (_, finding, outcome, says) => {
  expect(finding).toMatchObject({ outcome, found: expect.stringContaining(says) });
});

test.each([
  [0, 0],
  [160, 1],
  [161, 2],
  [1_600, 10],
])('the sandbox would take %i readers %i days', (count, days) => {
  expect(daysFor(quota({ perDay: 200, sentToday: 200 }), count)).toBe(days);
});

const seen = (attempts: number, bounced: number, complained = 0) => ({
  attempts,
  bounces: bounced,
  complaints: complained,
});

test.each<Row>([
  ['no mails', bounces(seen(0, 0)), 'ok', 'too few'],
  ['99 mails, all back', bounces(seen(99, 99)), 'ok', 'too few'],
  ['1.9 % back', bounces(seen(1_000, 19)), 'ok', '1.90 %'],
  ['2 % back', bounces(seen(1_000, 20)), 'warn', '2.00 %'],
  ['5 % back', bounces(seen(1_000, 50)), 'fail', '5.00 %'],
  ['5 % of few mails back', bounces(seen(999, 50)), 'warn', '5.01 %'],
  ['nobody complained', complaints(seen(20_000, 0, 0)), 'ok', '0.00 %'],
  ['one in two thousand complained', complaints(seen(20_000, 0, 10)), 'warn', '0.05 %'],
  ['one in a thousand complained', complaints(seen(20_000, 0, 20)), 'fail', '0.10 %'],
])('how mails fared: %s', (_, finding, outcome, says) => {
  expect(finding).toMatchObject({ outcome, found: expect.stringContaining(says) });
});

const set = (change: Partial<ConfigurationSet> = {}): ConfigurationSet => ({
  name: 'paperboy',
  tls: 'REQUIRE',
  events: new Set(['SEND', 'DELIVERY', 'BOUNCE', 'COMPLAINT', 'REJECT', 'DELIVERY_DELAY']),
  ...change,
});

test.each<Row>([
  ['all of it', rules(set()), 'ok', 'TLS only'],
  ['as version 2 of the API once wrote it', rules(set({ tls: 'Require' })), 'ok', 'TLS only'],
  ['TLS where it can be had', rules(set({ tls: 'OPTIONAL' })), 'warn', 'without TLS'],
  ['no such set', rules(undefined), 'fail', 'no configuration set'],
  [
    'everything reported, and more',
    events(set({ events: new Set([...set().events, 'OPEN']) })),
    'ok',
    'all 6',
  ],
  [
    'bounces unheard of',
    events(set({ events: new Set(['SEND', 'DELIVERY']) })),
    'fail',
    'BOUNCE, COMPLAINT, REJECT, DELIVERY_DELAY',
  ],
  ['nothing reported', events(set({ events: new Set() })), 'fail', 'not reported: SEND'],
  ['nothing to report by', events(undefined), 'fail', 'no configuration set'],
])("SES's rules for our mails: %s", (_, finding, outcome, says) => {
  expect(finding).toMatchObject({ outcome, found: expect.stringContaining(says) });
});
