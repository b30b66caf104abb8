/** How much the local SES lets through: a rate and a daily quota, in recipients, both enforced as SES does. */
import { SesError } from './ses-xml';

export interface Quota {
  /** Counts a send that is about to be accepted; throws SES's Throttling when there is no room. */
  take(recipients: number, now: Date): void;
  /** Counts a send of the past, such as one from before a restart. */
  count(recipients: number, at: Date): void;
  /** What GetSendQuota answers. */
  report(now: Date): { Max24HourSend: number; MaxSendRate: number; SentLast24Hours: number };
}

const MINUTE = 60_000;
const DAY = 1440;

/**
 * While anything is left, a send to several recipients goes through and the rest waits the longer (AWS Messaging blog,
 * "How to handle a Throttling – Maximum sending rate exceeded error"). A second's worth may come at once.
 */
export function openQuota(rate: number, quota: number): Quota {
  const perMinute = new Map<number, number>();
  const most = Math.max(rate, 1);
  let left = most;
  let refilled = 0;

  const count = (recipients: number, at: Date): void => {
    const minute = Math.floor(at.getTime() / MINUTE);
    perMinute.set(minute, (perMinute.get(minute) ?? 0) + recipients);
  };
  const sent = (now: Date): number => {
    const expired = Math.floor(now.getTime() / MINUTE) - DAY;
    for (const minute of perMinute.keys()) if (minute <= expired) perMinute.delete(minute);
    return [...perMinute.values()].reduce((sum, recipients) => sum + recipients, 0);
  };
  return {
    count,
    take(recipients, now) {
      if (sent(now) >= quota) throw new SesError('Throttling', 'Daily message quota exceeded.');
      const seconds = Math.max(0, now.getTime() - refilled) / 1000; // a clock may be set back
      left = Math.min(most, left + seconds * rate);
      refilled = now.getTime();
      if (left < 1) throw new SesError('Throttling', 'Maximum sending rate exceeded.');
      left -= recipients;
      count(recipients, now);
    },
    report: (now) => ({ Max24HourSend: quota, MaxSendRate: rate, SentLast24Hours: sent(now) }),
  };
}
