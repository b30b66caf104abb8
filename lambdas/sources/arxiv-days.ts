/** arXiv's days: from Monday to Friday at midnight in New York it announces what was submitted before. */
import { addDays, dayIn, type Day, type Period } from '../core/calendar';

/** https://info.arxiv.org/help/availability.html */
export const arxivDay = (at: Date): Day => dayIn('America/New_York', at);

const isWeekend = (day: Day): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** The weekdays of a period, in order. On some of them, holidays, nothing is announced. */
export function weekdaysOf({ from, to }: Period): Day[] {
  const days = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (!isWeekend(day)) days.push(day);
  return days;
}

export function weekdayBefore(day: Day): Day {
  const before = addDays(day, -1);
  return isWeekend(before) ? weekdayBefore(before) : before;
}

/**
 * When the papers that are announced on a weekday were submitted, as the API's `submittedDate` wants it (GMT): from 14:00
 * in New York two weekdays before to 14:00 on the weekday before. Which is 18:00 in summer and 19:00 in winter; the hour
 * that is in two windows does no harm.
 */
export function submittedFor(day: Day): string {
  const end = weekdayBefore(day);
  return `[${compact(weekdayBefore(end))}1800 TO ${compact(end)}1900]`;
}

const compact = (day: Day): string => day.replaceAll('-', '');
