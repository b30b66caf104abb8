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
 * What an edition that was due at a moment covers: the ISO week, the weekday or the month that ended before it.
 * The edition is named after that period, so however late or often a schedule fires, it means the same edition.
 */
export function editionDue(
  cadence: Cadence,
  scheduledTime: Date,
  timeZone: string,
): { editionId: string; period: Period } {
  const today = dayIn(timeZone, scheduledTime);
  switch (cadence) {
    case 'weekly': {
      const week = weekOf(addDays(today, -7));
      return { editionId: `weekly-${week}`, period: periodOfWeek(week) };
    }
    case 'daily': {
      const before = addDays(today, weekday(today) === 0 ? -3 : weekday(today) === 6 ? -2 : -1);
      return { editionId: `daily-${before}`, period: { from: before, to: before } };
    }
    case 'monthly': {
      const to = addDays(`${today.slice(0, 7)}-01`, -1);
      return { editionId: `monthly-${to.slice(0, 7)}`, period: { from: `${to.slice(0, 7)}-01`, to } };
    }
  }
}
