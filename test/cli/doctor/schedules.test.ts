/** Whether what runs by the clock is there, on, and at the time that newsletter.json says. */
import type { Finding } from '../../../cli/doctor/finding';
import { schedule, unknownSchedules, wantedSchedules } from '../../../cli/doctor/schedules';
import type { FoundSchedule } from '../../../lambdas/aws/scheduler';

const cadences = {
  weekly: { cron: '0 7 ? * MON *', papers: 10, minimum: 1 },
  daily: { cron: '30 6 * * ? *', papers: 5, minimum: 1 },
};
const now = new Date('2026-11-30T20:00:00Z');
const wanted = wantedSchedules({ cadences, timeZone: 'Europe/Berlin' }, now);
const weekly = wanted.find(({ cadence }) => cadence === 'weekly') ?? {
  name: '',
  handler: '',
  expression: '',
};

/** As AWS answers for what the stack makes. */
const found = (change: Partial<FoundSchedule> = {}): FoundSchedule => ({
  name: 'Paperboy-Schedulesweekly-1A2B',
  enabled: true,
  expression: 'cron(0 7 ? * MON *)',
  timeZone: 'Europe/Berlin',
  starts: 'arn:aws:lambda:eu-central-1:123456789012:function:Paperboy-builddigestFunction-1A2B',
  input: '{"cadence":"weekly","scheduledTime":"<aws.scheduler.scheduled-time>"}',
  ...change,
});
const ingest = found({
  name: 'ingest',
  starts: 'arn:aws:lambda:eu-central-1:123456789012:function:Paperboy-ingestpapersFunction-1A2B',
  input: '{}',
});

test('what is wanted is what the map of triggers and the cadences say', () => {
  expect(wanted.map(({ name, expression }) => `${name}: ${expression}`)).toEqual([
    'ingest-papers: cron(0 5 * * ? *)',
    'build-digest weekly: cron(0 7 ? * MON *)',
    'build-digest daily: cron(30 6 * * ? *)',
    'settle-edition: cron(0/15 * * * ? *)',
  ]);
});

test.each<[state: string, schedules: FoundSchedule[], outcome: Finding['outcome'], says: string]>([
  ['there', [ingest, found()], 'ok', 'cron(0 7 ? * MON *) Europe/Berlin'],
  [
    'there, with the days that its next edition covers',
    [ingest, found()],
    'ok',
    ': next weekly edition: Monday 7 December 2026, 07:00 Europe/Berlin, papers of 30 November – 6 December 2026',
  ],
  ['not there', [ingest, found({ input: '{"cadence":"daily"}' })], 'fail', 'no such schedule'],
  [
    'there for no cadence at all',
    [found({ input: 'null' }), found({ input: 'x' })],
    'fail',
    'no such schedule',
  ],
  [
    'there twice',
    [found(), found({ name: 'again' })],
    'warn',
    '2 schedules start it: Paperboy-Schedulesweekly-1A2B, again',
  ],
  ['off', [found({ enabled: false })], 'fail', 'it is off (cron(0 7 ? * MON *) Europe/Berlin)'],
  [
    'at another time',
    [found({ expression: 'cron(0 8 ? * MON *)' })],
    'fail',
    'runs at cron(0 8 ? * MON *) Europe/Berlin, and newsletter.json says cron(0 7',
  ],
  ['in another time zone', [found({ timeZone: 'UTC' })], 'fail', 'runs at cron(0 7 ? * MON *) UTC'],
])('a schedule that is %s', (_, schedules, outcome, says) => {
  const finding = schedule(weekly, 'Europe/Berlin', schedules);
  expect([finding.outcome, finding.found]).toEqual([outcome, expect.stringContaining(says)]);
});

test('a schedule that never fires again is told', () => {
  const over = { weekly: { cron: '0 7 ? * MON 2025', papers: 10, minimum: 1 } };
  const [, one] = wantedSchedules({ cadences: over, timeZone: 'UTC' }, now);
  const there = found({ expression: 'cron(0 7 ? * MON 2025)', timeZone: 'UTC' });
  expect(one && schedule(one, 'UTC', [there])).toMatchObject({
    outcome: 'warn',
    found: expect.stringContaining('never fires again'),
  });
});

test('a cadence that was taken out of newsletter.json and still runs is told', () => {
  const monthly = found({ name: 'monthly', input: '{"cadence":"monthly"}' });
  expect(unknownSchedules(wanted, [ingest, found()]).outcome).toBe('ok');
  expect(unknownSchedules(wanted, [ingest, found(), monthly])).toMatchObject({
    outcome: 'warn',
    found: 'newsletter.json knows nothing of monthly',
  });
});
