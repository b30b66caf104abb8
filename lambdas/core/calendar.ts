/** Days, ISO weeks, and the period an edition covers. Days are strings such as "2025-03-10", weeks "2025-W11". */
import type { Cadence } from './cadences';

export type Day = string;
export type Week = string;

/** First and last day, both in it. */
export interface Period {
  from: Day;
  to: Day;
}

const DAY_MS = 86_400_000;
const dayOf = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);
const msOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
/** 0 for Monday … 6 for Sunday. */
const weekday = (day: Day): number => (new Date(msOf(day)).getUTCDay() + 6) % 7;

export const addDays = (day: Day, days: number): Day => dayOf(msOf(day) + days * DAY_MS);

/** The calendar day at a moment in a time zone. */
export function dayIn(timeZone: string, at: Date): Day {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at);
}

/** The ISO 8601 week of a day: the one with its Thursday, so 2024-12-30 is in 2025-W01. */
export function weekOf(day: Day): Week {
  const thursday = addDays(day, 3 - weekday(day));
  const year = thursday.slice(0, 4);
  const number = 1 + Math.floor((msOf(thursday) - msOf(`${year}-01-01`)) / (7 * DAY_MS));
  return `${year}-W${String(number).padStart(2, '0')}`;
}

/** Monday to Sunday of a week; throws on what is no ISO week, such as 2025-W53. */
export function periodOfWeek(week: Week): Period {
  const [, year, number] = /^([12]\d{3})-W(\d{2})$/.exec(week) ?? [];
  if (!year || !number) throw new Error(`"${week}" is not a valid ISO week, such as 2025-W11`);
  const fourth = `${year}-01-04`; // always in week 1
  const from = addDays(fourth, -weekday(fourth) + (Number(number) - 1) * 7);
  if (weekOf(from) !== week) throw new Error(`the year ${year} has no week ${number}`);
  return { from, to: addDays(from, 6) };
}

/** All weeks that a period touches, in order. */
export function weeksOf({ from, to }: Period): Week[] {
  const weeks = [];
  for (let day = from; day <= addDays(to, 6 - weekday(to)); day = addDays(day, 7)) weeks.push(weekOf(day));
  return weeks;
}

/**
 * What an edition that was due at a moment covers, in whole days of the time zone, up to the day before:
 * - weekly: seven days. Named after the ISO week of the last one: sent on Mondays that is the week.
 * - daily: the day before, and on a Monday (or at a weekend) all days since Friday. Named after the first one.
 * - monthly: from the same day a month before, or from when it was due `before`, if that is longer ago: on the 31st it is
 *   two months in spring, for the first Monday up to five weeks. Named after the month that most of it lies in; where it
 *   goes out on the workday `nearest` to a day of the month, as if that were always the day.
 *
 * So however late or often a schedule fires, it means the same edition; and successive editions leave no day out. Where a
 * schedule is changed, days may lie between two periods (from Thursdays to Mondays: the second Monday's edition is the next
 * one, since the week of the first has one). A later edition carries their papers: core/ranking.ts.
 */
export function editionDue(
  cadence: Cadence,
  scheduledTime: Date,
  timeZone: string,
  { before, nearest }: { before?: Date | undefined; nearest?: number | undefined } = {},
): { editionId: string; period: Period } {
  const today = dayIn(timeZone, scheduledTime);
  const to = addDays(today, -1);
  switch (cadence) {
    case 'weekly':
      return { editionId: `weekly-${weekOf(to)}`, period: { from: addDays(today, -7), to } };
    case 'daily': {
      const from = addDays(to, -Math.max(0, weekday(to) - 4)); // 4 is Friday
      return { editionId: `daily-${from}`, period: { from, to } };
    }
    case 'monthly': {
      const since = before && dayIn(timeZone, before);
      const month = aMonthBefore(today);
      const from = since && since < month ? since : month;
      const isEarly = (nearest ?? Number(today.slice(8))) <= FIRST_WEEK;
      const named = isEarly ? monthBefore(today) : today;
      return { editionId: `monthly-${named.slice(0, 7)}`, period: { from, to } };
    }
  }
}

/** Within the first seven days of a month an edition is still named after the one before: so are all first Mondays. */
const FIRST_WEEK = 7;

/** The last day of the month before. */
const monthBefore = (day: Day): Day => addDays(`${day.slice(0, 7)}-01`, -1);

/** The same day of the month before, or its last one where it is shorter. */
function aMonthBefore(day: Day): Day {
  const last = monthBefore(day);
  const same = `${last.slice(0, 7)}-${day.slice(8)}`;
  return same < last ? same : last;
}
