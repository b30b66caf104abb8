/** A manner of asking whose pauses are over at once and remembered; only the time they would take passes. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Manner } from '../../lambdas/sources/web';

export function patient(timeLeft = 600_000, change: Partial<Manner> = {}): Manner & { pauses: number[] } {
  const pauses: number[] = [];
  return {
    agent: 'Paperboy (+https://papers.example.org)',
    spacing: 0,
    timeLeft: () => timeLeft - pauses.reduce((sum, ms) => sum + ms, 0),
    pause: (ms) => {
      pauses.push(ms);
      return turn(); // a connection is free again only then
    },
    ...change,
    pauses,
  };
}

export async function all<T>(some: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of some) found.push(one);
  return found;
}
