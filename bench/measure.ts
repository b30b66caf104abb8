/** Measuring: processor time, memory, and a median with its spread. */

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

export interface Cost {
  cpuMs: number;
  seconds: number;
  /** The most memory that the process had meanwhile, in MB: looked at four times a second. */
  rssMb: number;
}

/** What `work` cost this process. */
export async function measured(work: () => Promise<unknown>): Promise<Cost> {
  let rss = process.memoryUsage.rss();
  const look = setInterval(() => (rss = Math.max(rss, process.memoryUsage.rss())), 250);
  const [began, before] = [performance.now(), process.cpuUsage()];
  try {
    await work();
  } finally {
    clearInterval(look);
  }
  const { user, system } = process.cpuUsage(before);
  return {
    cpuMs: (user + system) / 1000,
    seconds: (performance.now() - began) / 1000,
    rssMb: Math.max(rss, process.memoryUsage.rss()) / 1e6,
  };
}

export function ratio(rounds: readonly number[]): Figure {
  const sorted = rounds.toSorted((a, b) => a - b).map((figure) => Number(figure.toPrecision(4)));
  const [least = 0, greatest = 0] = [sorted[0], sorted.at(-1)];
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, least, greatest };
}
