/** Measuring: processor time, and a median with its spread. */

/** A median over rounds, with the least and the greatest beside it. */
export interface Figure {
  median: number;
  least: number;
  greatest: number;
}

/** User and system time of this process for one run of `work`, in milliseconds, averaged over `times` runs. */
export async function cpuMilliseconds(
  times: number,
  work: (n: number) => void | Promise<void>,
): Promise<number> {
  await work(0);
  const before = process.cpuUsage();
  for (let n = 0; n < times; n++) {
    const pending = work(n);
    if (pending) await pending;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / times;
}

export function ratio(rounds: readonly number[]): Figure {
  const sorted = rounds.toSorted((a, b) => a - b).map((figure) => Number(figure.toPrecision(4)));
  const [least = 0, greatest = 0] = [sorted[0], sorted.at(-1)];
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, least, greatest };
}
