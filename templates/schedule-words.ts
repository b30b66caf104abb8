/** Which days an edition covers, in words: for readers in general, and for operators with its dates. */
import type { Cadence } from '../lambdas/core/cadences';
import { dayIn, type Period } from '../lambdas/core/calendar';
import { longDay, longPeriod } from './dates';

/** Behind "An edition has", or beside how often it is sent. */
export const covers: Record<Cadence, string> = {
  weekly: 'papers from the seven days before it is sent',
  daily: 'papers from the day before it is sent, on Mondays from Friday to Sunday',
  monthly: 'papers from the month before it is sent',
};

interface Next {
  cadence: Cadence;
  at: Date;
  timeZone: string;
  period: Period;
}

/** "next weekly edition: Monday 7 December 2026, 07:00 UTC, papers of 30 November – 6 December 2026" */
export function nextEditionLine({ cadence, at, timeZone, period }: Next): string {
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(at);
  const day = `${part({ weekday: 'long' })} ${longDay(dayIn(timeZone, at))}`;
  const time = part({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return `next ${cadence} edition: ${day}, ${time} ${timeZone}, papers of ${longPeriod(period)}`;
}
