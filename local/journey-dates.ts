/** When a journey with papers of any date takes place: the week of its papers, and what the clock has to say. */
import { addDays, periodOfWeek, weekOf, type Day, type Week } from '../lambdas/core/calendar';
import { firesAt } from '../lambdas/core/cron';
import type { Paper } from '../lambdas/core/paper';

/** How far ahead of the real day papers may be listed. */
const AHEAD_DAYS = 366;
/** A source takes papers of two more days than its clock says. */
const TOLERATED_DAYS = 2;

/** The two clocks by which a file is read: both know all its papers, and what has no day of its own is listed by each. */
export function readingClocks(now: Date): [Date, Date] {
  const first = now.getTime() + (AHEAD_DAYS - TOLERATED_DAYS) * 86_400_000;
  return [new Date(first), new Date(first + 86_400_000)];
}

/** The days that papers were listed on, as two clocks read them; undefined for one that goes by the clock. */
export function daysOf(first: readonly Paper[], second: readonly Paper[]): (Day | undefined)[] {
  const known = new Map(second.map(({ paperId, listedOn }) => [paperId, listedOn]));
  return first.map(({ paperId, listedOn }) => (known.get(paperId) === listedOn ? listedOn : undefined));
}

/** The newest week with papers, or the wanted one if it has any. Papers without a day are of whatever week it is. */
export function journeyWeek(
  days: readonly (Day | undefined)[],
  wanted: Week | undefined,
  now: Date,
): Week | undefined {
  const dated = days.filter((day) => day !== undefined).toSorted();
  const undated = dated.length < days.length;
  if (wanted) return undated || dated.some((day) => weekOf(day) === wanted) ? wanted : undefined;
  const newest = dated.at(-1) ?? (undated ? now.toISOString().slice(0, 10) : undefined);
  return newest && weekOf(newest);
}

/** The papers of a week are read on its Sunday, and its edition is due on the Monday after, at the hour of the schedule. */
export function clocksOf(week: Week, { cron, timeZone }: { cron: string; timeZone: string }) {
  const { to } = periodOfWeek(week);
  const monday = addDays(to, 1);
  const [minutes, hours] = cron.split(' ');
  const fires = firesAt(`${minutes} ${hours} ? * MON *`, timeZone, new Date(`${to}T00:00:00Z`));
  return { read: new Date(`${to}T00:00:00Z`), due: fires ?? new Date(`${monday}T07:00:00Z`) };
}
