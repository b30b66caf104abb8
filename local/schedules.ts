/** The clock of this machine: runs handlers when EventBridge Scheduler would, by the same cron expressions. */
import { firesAt } from '../lambdas/core/cron';

export interface Schedule {
  name: string;
  /** EventBridge's six fields: minutes hours day-of-month month day-of-week year. */
  cron: string;
  /** IANA name. */
  timeZone: string;
  run: (scheduledTime: Date) => Promise<void>;
}

export interface Schedules {
  close(): void;
  /** The next time of each schedule that has one, soonest first. */
  next(): { name: string; at: Date }[];
}

/** Also after the computer slept, or its clock was set, a schedule is at most this late; in milliseconds. */
const LOOK_AGAIN = 60_000;

/** @throws Error for an expression that EventBridge would refuse */
export function startSchedules(schedules: Schedule[]): Schedules {
  const alarms = schedules.map(alarm);
  return {
    close: () => alarms.forEach(({ close }) => close()),
    next: () =>
      alarms
        .flatMap(({ next }) => next() ?? [])
        .toSorted((one, other) => one.at.getTime() - other.at.getTime()),
  };
}

/** Runs that a sleeping computer missed are made up for by one. */
function alarm({ name, cron, timeZone, run }: Schedule) {
  let at = firesAt(cron, timeZone, new Date());
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    if (at) timer = setTimeout(ring, Math.min(at.getTime() - Date.now(), LOOK_AGAIN));
  };
  const ring = () => {
    const now = new Date();
    if (at && at <= now) {
      run(at).catch((error: unknown) => console.error(`The schedule ${name} failed:`, error));
      at = firesAt(cron, timeZone, now);
    }
    wait();
  };
  wait();
  return { next: () => at && { name, at }, close: () => clearTimeout(timer) };
}
