/** What should have come about by now: which edition was due, and whether one takes longer than it should. */
import type { Edition } from '../../lambdas/core/edition';
import { booksAreOverdue, editionExpected, isStuck } from '../../lambdas/core/overdue';

const weekly = { cadence: 'weekly', cron: '0 7 ? * MON *', timeZone: 'Europe/Berlin' } as const;
const daily = { cadence: 'daily', cron: '0 7 ? * MON-FRI *', timeZone: 'UTC' } as const;
const monthly = { cadence: 'monthly', cron: '0 7 1 * ? *', timeZone: 'America/New_York' } as const;
const LONG_AGO = '2024-01-01T00:00:00Z';

test.each([
  ['an hour has not passed since it was due', weekly, LONG_AGO, '2025-03-17T06:59:59Z', 'weekly-2025-W10'],
  ['an hour has passed in Berlin', weekly, LONG_AGO, '2025-03-17T07:00:00Z', 'weekly-2025-W11'],
  ['it is the eve of the next', weekly, LONG_AGO, '2025-03-23T23:00:00Z', 'weekly-2025-W11'],
  ['clocks went forward in between', weekly, LONG_AGO, '2025-03-31T06:00:00Z', 'weekly-2025-W13'],
  ['it is the turn of the year', weekly, LONG_AGO, '2025-01-06T08:00:00Z', 'weekly-2025-W01'],
  ['it is a weekend', daily, LONG_AGO, '2025-03-16T12:00:00Z', 'daily-2025-03-13'],
  ['it is monday', daily, LONG_AGO, '2025-03-17T08:00:00Z', 'daily-2025-03-14'],
  ['a month has begun in New York', monthly, LONG_AGO, '2025-03-01T13:00:00Z', 'monthly-2025-02'],
  ['it was due before anybody watched', weekly, '2025-03-17T06:00:00Z', '2025-03-20T12:00:00Z', undefined],
  ['it was due a second later', weekly, '2025-03-17T05:59:59Z', '2025-03-20T12:00:00Z', 'weekly-2025-W11'],
])('when %s, the edition that should be there is known', (_, schedule, since, now, editionId) => {
  expect(editionExpected({ ...schedule, since: new Date(since) }, new Date(now))).toBe(editionId);
});

const edition: Edition = {
  editionId: 'weekly-2025-W11',
  cadence: 'weekly',
  title: 'A week',
  period: { from: '2025-03-10', to: '2025-03-16' },
  scheduledFor: '2025-03-17T07:00:00.000Z',
  cutoff: '2025-03-17T07:02:00.000Z',
  papers: 3,
  considered: 3,
  status: 'sending',
};
const waves = { timeZone: 'UTC', minutes: [180, 1_425] };
const walkedAt = '2025-03-17T08:00:00.000Z';

test.each<[what: string, edition: Edition, now: string, stuck: boolean]>([
  ['sent for less than six hours', edition, '2025-03-17T13:00:00Z', false],
  ['sent for more than six hours', edition, '2025-03-17T13:03:00Z', true],
  ['walked to its end', { ...edition, walkedAt }, '2025-03-18T13:00:00Z', false],
  ['with readers a day later', { ...edition, waves }, '2025-03-18T12:44:00Z', false],
  ['with readers a day later, six hours after them', { ...edition, waves }, '2025-03-18T12:46:00Z', true],
  ['paused', { ...edition, status: 'paused' }, '2025-03-17T07:05:00Z', true],
  ['done', { ...edition, status: 'done' }, '2025-04-17T07:00:00Z', false],
  ['cancelled', { ...edition, status: 'cancelled' }, '2025-04-17T07:00:00Z', false],
  ['built late', { ...edition, cutoff: '2025-03-18T10:00:00.000Z' }, '2025-03-18T15:00:00Z', false],
  ['resumed by hand', { ...edition, resumedAt: '2025-03-20T10:00:00.000Z' }, '2025-03-20T15:00:00Z', false],
])('an edition that is %s at the time is stuck or not', (_, one, now, stuck) => {
  expect(isStuck(one, new Date(now))).toBe(stuck);
});

test.each<[what: string, edition: Edition, now: string, overdue: boolean]>([
  ['are walked for both graces and an hour', { ...edition, walkedAt }, '2025-03-17T11:00:00Z', false],
  ['are walked for longer', { ...edition, walkedAt }, '2025-03-17T11:01:00Z', true],
  ['are not walked', edition, '2025-03-20T11:01:00Z', false],
  ['closed', { ...edition, walkedAt, status: 'done' }, '2025-03-20T11:01:00Z', false],
  [
    'were opened again by hand',
    { ...edition, walkedAt, resumedAt: '2025-03-20T11:00:00.000Z' },
    '2025-03-20T13:00:00Z',
    false,
  ],
])('books of which all lanes %s are overdue or not', (_, one, now, overdue) => {
  expect(booksAreOverdue(one, 60, new Date(now))).toBe(overdue);
});
