/** Days as people write them. */
import type { Period } from '../lambdas/core/calendar';

const part = (day: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options }).format(new Date(`${day}T00:00:00Z`));

export const longDay = (day: string): string => part(day, { day: 'numeric', month: 'long', year: 'numeric' });

/** "10–16 March 2025", "28 February – 6 March 2025", "30 December 2024 – 5 January 2025". */
export function longPeriod({ from, to }: Period): string {
  if (from === to) return longDay(from);
  if (from.slice(0, 7) === to.slice(0, 7)) return `${part(from, { day: 'numeric' })}–${longDay(to)}`;
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  const start = sameYear ? part(from, { day: 'numeric', month: 'long' }) : longDay(from);
  return `${start} – ${longDay(to)}`;
}
