/** Days, ISO weeks, and which edition is due when. */
import * as fc from 'fast-check';
import { addDays, dayIn, editionDue, periodOfWeek, weekOf, weeksOf } from '../../lambdas/core/calendar';

test.each([
  ['a Monday starts its week', '2025-03-10', '2025-W11'],
  ['a Sunday ends it', '2025-03-16', '2025-W11'],
  ['the last days of a year may be in week 1 of the next', '2024-12-30', '2025-W01'],
  ['so may a Tuesday', '2024-12-31', '2025-W01'],
  ['the first days of a year may be in week 52 of the last', '2023-01-01', '2022-W52'],
  ['or in week 53', '2021-01-03', '2020-W53'],
  ['a year that starts on a Thursday has 53 weeks', '2026-12-31', '2026-W53'],
  ['and so has a leap year that starts on a Wednesday', '2020-12-31', '2020-W53'],
  ['a leap day is a day', '2024-02-29', '2024-W09'],
  ['4 January is always in week 1', '2025-01-04', '2025-W01'],
])('the ISO week: %s', (_, day, week) => {
  expect(weekOf(day)).toBe(week);
});

test.each([
  ['2025-W11', '2025-03-10', '2025-03-16'],
  ['2025-W01', '2024-12-30', '2025-01-05'],
  ['2020-W53', '2020-12-28', '2021-01-03'],
  ['2024-W09', '2024-02-26', '2024-03-03'],
])('%s goes from %s to %s', (week, from, to) => {
  expect(periodOfWeek(week)).toEqual({ from, to });
});

test.each([
  ['2025-W53', 'the year 2025 has no week 53'],
  ['2025-W00', 'the year 2025 has no week 00'],
  ['2025-W99', 'the year 2025 has no week 99'],
  ['2025-W1', '"2025-W1" is not a valid ISO week, such as 2025-W11'],
  ['2025W11', '"2025W11" is not a valid ISO week, such as 2025-W11'],
  ['2025-w11', '"2025-w11" is not a valid ISO week, such as 2025-W11'],
  ['2025-W11\n', '"2025-W11\n" is not a valid ISO week, such as 2025-W11'],
  ['9999-W52', '"9999-W52" is not a valid ISO week, such as 2025-W11'],
  ['newest', '"newest" is not a valid ISO week, such as 2025-W11'],
  ['', '"" is not a valid ISO week, such as 2025-W11'],
])('%j is no week, and the error says so', (week, message) => {
  expect(() => periodOfWeek(week)).toThrow(message);
});

const anyDay = fc
  .date({ min: new Date('1991-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test('every day is in its own week, and the week has seven days from a Monday', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const { from, to } = periodOfWeek(weekOf(day));
      expect(from <= day && day <= to).toBe(true);
      expect(addDays(from, 6)).toBe(to);
      expect(new Date(from).getUTCDay()).toBe(1);
      expect([weekOf(day), weekOf(addDays(to, 1))].toSorted()[1]).not.toBe(weekOf(day));
    }),
  );
});

test.each([
  ['a week touches itself', '2025-03-10', '2025-03-16', ['2025-W11']],
  ['a day touches its week', '2025-03-16', '2025-03-16', ['2025-W11']],
  ['two days may touch two weeks', '2025-03-16', '2025-03-17', ['2025-W11', '2025-W12']],
  [
    'a month touches five',
    '2025-01-01',
    '2025-01-31',
    ['2025-W01', '2025-W02', '2025-W03', '2025-W04', '2025-W05'],
  ],
  ['a year end is no gap', '2020-12-27', '2021-01-04', ['2020-W52', '2020-W53', '2021-W01']],
])('the weeks of a period: %s', (_, from, to, weeks) => {
  expect(weeksOf({ from, to })).toEqual(weeks);
});

test.each([
  ['UTC', '2025-03-16T23:59:59Z', '2025-03-16'],
  ['Europe/Berlin', '2025-03-16T23:30:00Z', '2025-03-17'],
  ['America/New_York', '2025-03-17T03:30:00Z', '2025-03-16'],
  ['Pacific/Kiritimati', '2025-03-16T10:00:00Z', '2025-03-17'],
  ['Pacific/Pago_Pago', '2025-03-17T10:59:00Z', '2025-03-16'],
])('in %s it is at %s the day %s', (timeZone, at, day) => {
  expect(dayIn(timeZone, new Date(at))).toBe(day);
});

test.each([
  ['weekly', 'on Monday morning', '2025-03-17T07:00:00Z', 'UTC', 'weekly-2025-W11'],
  ['weekly', 'a second after midnight', '2025-03-17T00:00:01Z', 'UTC', 'weekly-2025-W11'],
  ['weekly', 'on Wednesdays', '2025-03-19T09:00:00Z', 'UTC', 'weekly-2025-W12'],
  ['weekly', 'on Sundays', '2025-03-23T23:59:59Z', 'UTC', 'weekly-2025-W12'],
  ['weekly', 'when it is Monday in Berlin only', '2025-03-16T23:30:00Z', 'Europe/Berlin', 'weekly-2025-W11'],
  [
    'weekly',
    'when it is still Sunday in New York',
    '2025-03-10T03:30:00Z',
    'America/New_York',
    'weekly-2025-W10',
  ],
  ['weekly', 'on the first Monday of a year', '2025-01-06T07:00:00Z', 'UTC', 'weekly-2025-W01'],
  ['weekly', 'after a week 53', '2021-01-04T07:00:00Z', 'UTC', 'weekly-2020-W53'],
  ['daily', 'on a Tuesday', '2025-03-18T07:00:00Z', 'UTC', 'daily-2025-03-17'],
  [
    'daily',
    'on a Monday, when Friday was the last day with a list',
    '2025-03-17T07:00:00Z',
    'UTC',
    'daily-2025-03-14',
  ],
  ['daily', 'on a Saturday', '2025-03-15T07:00:00Z', 'UTC', 'daily-2025-03-14'],
  ['daily', 'on a Sunday', '2025-03-16T07:00:00Z', 'UTC', 'daily-2025-03-14'],
  ['daily', 'just after midnight in Tokyo', '2025-03-18T15:01:00Z', 'Asia/Tokyo', 'daily-2025-03-18'],
  ['daily', 'on 1 January', '2025-01-01T07:00:00Z', 'UTC', 'daily-2024-12-31'],
  ['daily', 'on the day after a leap day', '2024-03-01T07:00:00Z', 'UTC', 'daily-2024-02-29'],
  [
    'daily',
    'in the night when clocks go forward',
    '2025-03-31T00:30:00Z',
    'Europe/Berlin',
    'daily-2025-03-28',
  ],
  ['monthly', 'on the first', '2025-04-01T07:00:00Z', 'UTC', 'monthly-2025-03'],
  ['monthly', 'on the last day', '2025-04-30T07:00:00Z', 'UTC', 'monthly-2025-04'],
  ['monthly', 'on the seventh', '2025-04-07T07:00:00Z', 'UTC', 'monthly-2025-03'],
  ['monthly', 'on the eighth', '2025-04-08T07:00:00Z', 'UTC', 'monthly-2025-04'],
  ['monthly', 'in January', '2025-01-01T00:00:01Z', 'UTC', 'monthly-2024-12'],
  [
    'monthly',
    'when it is April in Auckland only',
    '2025-03-31T12:00:00Z',
    'Pacific/Auckland',
    'monthly-2025-03',
  ],
  [
    'monthly',
    'when it is still March in Hawaii',
    '2025-04-01T07:00:00Z',
    'Pacific/Honolulu',
    'monthly-2025-03',
  ],
] as const)('due %s, %s (%s, %s): %s', (cadence, _, at, timeZone, editionId) => {
  expect(editionDue(cadence, new Date(at), timeZone).editionId).toBe(editionId);
});

test.each([
  ['weekly', '2024-12-30', '2025-01-05', '2025-01-06T07:00:00Z'],
  ['weekly', '2026-11-22', '2026-11-28', '2026-11-29T07:00:00Z'],
  ['daily', '2025-03-14', '2025-03-16', '2025-03-17T07:00:00Z'],
  ['daily', '2025-03-17', '2025-03-17', '2025-03-18T07:00:00Z'],
  ['daily', '2025-03-14', '2025-03-14', '2025-03-15T07:00:00Z'],
  ['monthly', '2024-02-01', '2024-02-29', '2024-03-01T07:00:00Z'],
  ['monthly', '2025-02-28', '2025-03-27', '2025-03-28T07:00:00Z'],
  ['monthly', '2025-02-28', '2025-03-30', '2025-03-31T07:00:00Z'],
] as const)('a %s edition covers %s to %s', (cadence, from, to, at) => {
  expect(editionDue(cadence, new Date(at), 'UTC').period).toEqual({ from, to });
});
