/** EventBridge's cron expressions: when they fire next, and when they fired last. */
import { Cron } from 'croner';

/** EventBridge's last year. */
const LAST_YEAR = 2199;

/**
 * When the expression fires next, later than `after`; undefined where it never does again. A time that the clocks skip
 * in spring doesn't fire, one that they repeat in autumn fires once.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * @throws Error for an expression that EventBridge would refuse
 */
export function firesAt(cron: string, timeZone: string, after: Date): Date | undefined {
  const times = read(cron, timeZone);
  let at = times.nextRun(after);
  while (at && at.getUTCFullYear() <= LAST_YEAR) {
    if (fires(times, at, timeZone)) return at;
    at = times.nextRun(at);
  }
  return undefined;
}

/**
 * When it fired last, later than `after` and not later than `by`; undefined where it didn't in between.
 * @throws Error for an expression that EventBridge would refuse
 */
export function firedAt(
  cron: string,
  timeZone: string,
  { after, by }: { after: Date; by: Date },
): Date | undefined {
  const times = read(cron, timeZone);
  const before = (at: Date): Date | undefined => times.previousRuns(1, at)[0];
  let at = before(new Date(by.getTime() + 1));
  while (at && at > after) {
    if (fires(times, at, timeZone)) return at;
    at = before(at);
  }
  return undefined;
}

/** croner moves a skipped time to the end of the gap, and runs some repeated times twice. */
const fires = (times: Cron, at: Date, timeZone: string): boolean =>
  times.match(at) && !isRepeated(at, timeZone);

function read(cron: string, timeZone: string): Cron {
  const problem = (reason: string, cause?: unknown) =>
    new Error(`Can't read the schedule "${cron}": ${reason}`, { cause });
  const fields = cron.split(' ');
  const [minutes, hours, day, month, weekday = '', year] = fields;
  if (fields.length !== 6) throw problem('it needs six fields');
  if ((day === '?') === (weekday === '?')) throw problem('one of its two days must be "?", and only one');
  if ([minutes, hours, month, year].includes('?')) throw problem('only a day can be "?"');
  if (/[089]|#.*,|,.*#/.test(weekday)) throw problem(`it has no such day of the week: ${weekday}`);
  const lastOfWeek = weekday.replace(/^L$/, 'SAT');
  try {
    return new Cron(['0', minutes, hours, day, month, lastOfWeek, year].join(' '), {
      mode: '7-part',
      alternativeWeekdays: true,
      sloppyRanges: true,
      timezone: timeZone,
    });
  } catch (cause) {
    throw problem(cause instanceof Error ? cause.message : 'it is no cron expression', cause);
  }
}

/** Clocks go back by 30 minutes (Lord Howe), an hour, or two (Troll). */
function isRepeated(at: Date, timeZone: string): boolean {
  const clock = clockOf(timeZone);
  return [30, 60, 120].some((minutes) => clock.format(at.getTime() - minutes * 60_000) === clock.format(at));
}

/** By time zone, kept: creating a formatter takes far longer than using one. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  clocks.set(timeZone, known);
  return known;
}
