/** The unattended journey's clock, which follows the papers; `npm run test:long` has whole journeys of every date. */
import { addDays, editionDue, periodOfWeek, type Day } from '../../lambdas/core/calendar';
import { takeClock } from '../../local/clock';
import { clocksOf, daysOf, journeyWeek, readingClocks } from '../../local/journey-dates';
import { entry, once, today } from './journeys';

test('a file without a paper of the week, or with none at all, is refused before anything starts', async () => {
  const listed = JSON.stringify([entry(1, '2025-03-12')]);
  await expect(once(listed, '2025-W12')).rejects.toThrow('no readable paper listed in 2025-W12');
  const afar = addDays(today, 400);
  await expect(once(JSON.stringify([entry(1, afar)]))).rejects.toThrow('no readable paper');
});

const now = new Date('2026-11-30T20:00:00Z'); // a Monday

test.each<[string, (Day | undefined)[], string | undefined, string | undefined]>([
  ['the newest of several', ['2026-11-20', '2026-11-25', '2026-11-18'], undefined, '2026-W48'],
  ['today', ['2026-11-30'], undefined, '2026-W49'],
  ['the week to come', ['2026-12-07'], undefined, '2026-W50'],
  ['a turn of the year', ['2025-12-29', '2026-01-02'], undefined, '2026-W01'],
  ['a turn still to come, in the year before', ['2026-12-31', '2027-01-03'], undefined, '2026-W53'],
  ['long past', ['2025-03-12'], undefined, '2025-W11'],
  ['wanted', ['2025-03-12', '2025-03-19'], '2025-W11', '2025-W11'],
  ['wanted, and there is none', ['2025-03-12'], '2025-W12', undefined],
  ['no day is told', [undefined], undefined, '2026-W49'],
  ['some are told, which count', [undefined, '2025-03-12'], undefined, '2025-W11'],
  ['wanted, and no day is told', [undefined], '2025-W11', '2025-W11'],
  ['no paper', [], undefined, undefined],
  ['no paper, and a week is wanted', [], '2025-W11', undefined],
])('the week of a journey: %s', (_, days, wanted, week) => {
  expect(journeyWeek(days, wanted, now)).toBe(week);
});

test.each([
  ['2025-W11', '0 7 ? * MON *', 'UTC', '2025-03-17T07:00:00.000Z'],
  ['2025-W11', '30 6 ? * THU *', 'UTC', '2025-03-17T06:30:00.000Z'],
  ['2025-W11', '0 7,19 1 * ? *', 'Europe/Berlin', '2025-03-17T06:00:00.000Z'],
  ['2026-W53', '0 7 ? * MON *', 'America/New_York', '2027-01-04T12:00:00.000Z'],
  ['2026-W01', '0 0 ? * MON *', 'Pacific/Kiritimati', '2026-01-04T10:00:00.000Z'],
  ['2026-W01', '59 23 ? * MON *', 'Pacific/Pago_Pago', '2026-01-06T10:59:00.000Z'],
])('the papers of %s are sent by "%s" in %s at %s', (week, cron, timeZone, due) => {
  const clocks = clocksOf(week, { cron, timeZone });
  expect(clocks.due.toISOString()).toBe(due);
  const sunday = periodOfWeek(week).to;
  expect([clocks.read < clocks.due, clocks.read.toISOString().slice(0, 10)]).toEqual([true, sunday]);
  expect(editionDue('weekly', clocks.due, timeZone).period).toEqual(periodOfWeek(week));
});

test('both clocks take a day that is 366 days ahead, and what goes by the clock is known by that', async () => {
  const { readPaperFile } = await import('../../lambdas/sources/paper-file');
  const days = [addDays('2026-11-30', 366), addDays('2026-11-30', 364), '2025-03-12', undefined];
  const lines = days.map((day, n) => JSON.stringify(entry(n, day))).join('\n');
  const [first, second] = readingClocks(now).map((at) => readPaperFile(lines, at).papers);
  expect(daysOf(first ?? [], second ?? [])).toEqual(days);
  const later = JSON.stringify(entry(1, addDays('2026-11-30', 367)));
  expect(readPaperFile(later, readingClocks(now)[0]).problems).toEqual([
    { where: 'entry 1', reason: 'the day it was listed, 2027-12-02, is in the future' },
  ]);
});

test('the clock goes on from where it is set, knows the dates of others, and is given back', async () => {
  const real = globalThis.Date;
  const clock = takeClock();
  clock.set(new real('2027-01-04T07:00:00Z'));
  expect(new Date().toISOString()).toMatch(/^2027-01-04T07:00:0/);
  expect(new Date(Date.now()).toISOString()).toMatch(/^2027-01-04T07:00:0/);
  expect((Date as unknown as () => string)()).toContain('2027');
  expect(new Date('2025-03-12').toISOString()).toBe('2025-03-12T00:00:00.000Z');
  expect([new real() instanceof Date, new Date() instanceof real]).toEqual([true, true]);
  clock.close();
  expect(globalThis.Date).toBe(real);
});
