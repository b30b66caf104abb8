/** `npm run bench -- visits`: what AWS meters of a page, of somebody who joins, and of a month in which nothing happens. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendEdition } from '../local/journey';
import { startMachine } from '../local/machine';
import { localNewsletter } from '../local/newsletter';
import { becomeReader } from '../local/reader';
import { countUnits, units } from './capacity';
import type { Figure } from './measure';
import { LATENCY } from './prices';

const SAMPLE = join(__dirname, '..', 'local', 'sample-papers.jsonl');

/** The far ends are in the same process, so processor time is more than it would be on Lambda. */
export async function benchVisits(times: number): Promise<Record<string, Figure>> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-visits-'));
  const machine = await startMachine({
    folder,
    newsletter: await localNewsletter([SAMPLE]),
    sitePort: 0,
    inboxPort: 0,
    schedules: false,
  });
  try {
    countUnits();
    const imported = await metered(1, () => machine.invoke('ingest-papers', {}));
    await becomeReader(machine, 'first@example.org');
    await sendEdition(machine, '2025-W11');
    await machine.invoke('settle-edition', {});
    const idle = await metered(times, () => machine.invoke('settle-edition', {}));
    const paths = ['/', '/editions', '/editions/weekly-2025-W11', '/?q=voxel'];
    const page = await metered(times, async (n) => {
      await (await fetch(new URL(paths[n % paths.length] ?? '/', machine.site))).text();
    });
    const joined = await metered(times, (n) => becomeReader(machine, `reader${n}@example.org`));
    const mails = 2 * LATENCY.ses;
    return {
      ...named('Idle', idle),
      ...named('Import', imported),
      ...named('Page', page),
      ...named('Join', { ...joined, waitMs: joined.waitMs + mails }),
    };
  } finally {
    await machine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Metered {
  readUnits: number;
  writeUnits: number;
  cpuMs: number;
  waitMs: number;
}

/** Of one of `times`. */
async function metered(times: number, work: (n: number) => Promise<unknown>): Promise<Metered> {
  const [before, began] = [units(), process.cpuUsage()];
  for (let n = 0; n < times; n++) await work(n);
  const [after, { user, system }] = [units(), process.cpuUsage(began)];
  return {
    readUnits: (after.readUnits - before.readUnits) / times,
    writeUnits: (after.writeUnits - before.writeUnits) / times,
    cpuMs: (user + system) / 1_000 / times,
    waitMs: ((after.calls - before.calls) * LATENCY.dynamodb) / times,
  };
}

const named = (of: string, metering: Metered): Record<string, Figure> =>
  Object.fromEntries(
    Object.entries(metering).map(([what, value]: [string, number]) => {
      const rounded = Number(value.toPrecision(4));
      return [`${what}${of}`, { median: rounded, least: rounded, greatest: rounded }];
    }),
  );
