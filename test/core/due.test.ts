/** The editions of a schedule, one after the other: no day is left out, and none is named as another. */
import * as fc from 'fast-check';
import { addDays, periodOfWeek, weekOf } from '../../lambdas/core/calendar';
import { editionAt, nextEdition, type EditionSchedule } from '../../lambdas/core/due';

/** As many editions as a schedule has after a moment. */
function editionsOf(schedule: EditionSchedule, after: Date, count: number) {
  const editions = [];
  let now = after;
  while (editions.length < count) {
    const next = nextEdition(schedule, now);
    if (!next) break;
    editions.push(next);
    now = next.at;
  }
  return editions;
}

const start = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
const timeZone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Kiritimati');
const weekday = fc.constantFrom('MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN');

/** Those that don't begin where the one before ended, or earlier by so many days at most, or are named as another. */
function strays(editions: ReturnType<typeof editionsOf>, overlap: number): object[] {
  const names = editions.map(({ editionId }) => editionId);
  return editions.filter(({ editionId, period: { from } }, n) => {
    const end = editions[n - 1]?.period.to ?? addDays(from, -1);
    const joins = from <= addDays(end, 1) && from >= addDays(end, 1 - overlap);
    return !joins || names.indexOf(editionId) !== n;
  });
}

test('weekly editions of any day join, and are named after the week of their last day', () => {
  fc.assert(
    fc.property(start, timeZone, weekday, (after, zone, day) => {
      const cron = `0 7 ? * ${day} *`;
      const editions = editionsOf({ cadence: 'weekly', cron, timeZone: zone }, after, 8);
      expect([editions.length, strays(editions, 0)]).toEqual([8, []]);
      expect(editions.filter(({ editionId, period }) => editionId !== `weekly-${weekOf(period.to)}`)).toEqual(
        [],
      );
    }),
    { numRuns: 40 },
  );
});

test('on Mondays a weekly edition is an ISO week', () => {
  fc.assert(
    fc.property(start, timeZone, (after, zone) => {
      const cron = '0 7 ? * MON *';
      for (const { period } of editionsOf({ cadence: 'weekly', cron, timeZone: zone }, after, 8))
        expect(period).toEqual(periodOfWeek(weekOf(period.to)));
    }),
    { numRuns: 30 },
  );
});

const monthDay = fc.oneof(
  fc.integer({ min: 1, max: 31 }).map((day) => `${day} * ?`),
  fc.constantFrom('L * ?', 'LW * ?', '1W * ?', '15W * ?', '? * MON#1', '? * FRI#2', '? * FRIL'),
);

test('monthly editions of any day join; a month that is shorter is covered a day or three again', () => {
  fc.assert(
    fc.property(start, timeZone, monthDay, (after, zone, day) => {
      const cron = `0 7 ${day} *`;
      const editions = editionsOf({ cadence: 'monthly', cron, timeZone: zone }, after, 14);
      expect([editions.length, strays(editions, 7)]).toEqual([14, []]);
    }),
    { numRuns: 60 },
  );
});

test('a monthly edition by the workday nearest to a day has a name of its own each month', () => {
  for (let day = 1; day <= 28; day++) {
    const schedule = { cadence: 'monthly', cron: `0 7 ${day}W * ? *`, timeZone: 'UTC' } as const;
    const names = editionsOf(schedule, new Date('2025-01-01T00:00:00Z'), 30).map(
      ({ editionId }) => editionId,
    );
    expect([day, new Set(names).size]).toEqual([day, 30]);
  }
});

test('daily editions of weekdays join over weekends', () => {
  fc.assert(
    fc.property(start, timeZone, (after, zone) => {
      const cron = '0 7 ? * MON-FRI *';
      const editions = editionsOf({ cadence: 'daily', cron, timeZone: zone }, after, 11);
      expect([editions.length, strays(editions, 0)]).toEqual([11, []]);
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['on the 31st two months in spring', '0 7 31 * ? *', '2025-03-31', '2025-01-31', '2025-03-30'],
  ['for the first Monday five weeks', '0 7 ? * MON#1 *', '2025-06-02', '2025-05-02', '2025-06-01'],
  ['for the first Monday after five weeks', '0 7 ? * MON#1 *', '2025-04-07', '2025-03-03', '2025-04-06'],
  ['at the end of each month', '0 7 L * ? *', '2025-03-31', '2025-02-28', '2025-03-30'],
])('a monthly edition covers %s', (_, cron, day, from, to) => {
  const schedule = { cadence: 'monthly', cron, timeZone: 'UTC' } as const;
  expect(editionAt(schedule, new Date(`${day}T07:00:00Z`)).period).toEqual({ from, to });
});

test('the next edition says when it is due and what it covers', () => {
  const schedule = { cadence: 'weekly', cron: '0 7 ? * MON *', timeZone: 'Europe/Berlin' } as const;
  expect(nextEdition(schedule, new Date('2026-11-30T20:00:00Z'))).toEqual({
    cadence: 'weekly',
    timeZone: 'Europe/Berlin',
    at: new Date('2026-12-07T06:00:00Z'),
    editionId: 'weekly-2026-W49',
    period: { from: '2026-11-30', to: '2026-12-06' },
  });
  expect(nextEdition({ ...schedule, cron: '0 7 ? * MON 2020' }, new Date())).toBeUndefined();
});
