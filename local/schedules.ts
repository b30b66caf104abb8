/** Schedules on this machine, with EventBridge's cron expressions. */
import { Cron } from 'croner';

export interface Entry {
  name: string;
  /** Six fields: minutes hours day-of-month month day-of-week year. */
  cron: string;
  timeZone: string;
  run: (scheduledTime: Date) => Promise<void>;
}

/** Seconds are croner's, not EventBridge's. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
const parsed = (cron: string, timezone: string): Cron =>
  new Cron(`0 ${cron}`, { mode: '7-part', alternativeWeekdays: true, sloppyRanges: true, timezone });

/** The next time after a moment, or undefined when there is none. */
export const firesAt = (cron: string, timeZone: string, after: Date): Date | undefined =>
  parsed(cron, timeZone).nextRun(after) ?? undefined;

export function startSchedules(entries: Entry[]): { close(): void; next(): { name: string; at: Date }[] } {
  const jobs = entries.map(({ name, cron, timeZone, run }) => {
    const job: Cron = new Cron(
      `0 ${cron}`,
      { mode: '7-part', alternativeWeekdays: true, sloppyRanges: true, timezone: timeZone, unref: true },
      () => run(job.currentRun() ?? new Date()).catch((error: unknown) => console.error(`${name} failed:`, error)),
    );
    return { name, job };
  });
  return {
    close: () => jobs.forEach(({ job }) => job.stop()),
    next: () => jobs.flatMap(({ name, job }) => (job.nextRun() ? [{ name, at: job.nextRun() as Date }] : [])),
  };
}
