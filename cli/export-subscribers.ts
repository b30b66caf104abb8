/** `subscribers export FILE`: every reader into a file, a few at a time, so that memory stays flat however many they are. */
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as subscribers from '../lambdas/aws/subscribers';
import { csvLine, isFormula } from '../lambdas/core/csv';
import { shards } from '../lambdas/core/identity';
import { searchesOf, type Subscriber } from '../lambdas/core/subscriber';

/** Rows that are in memory at a time: DynamoDB answers at most a megabyte. */
const PAGE = 500;

/** What the file holds, by its name's end. */
interface Kind {
  head: string;
  /** Undefined for who has no place in it. */
  line: (one: Subscriber) => string | undefined;
  says: (written: number, odd: number) => string;
}

const kinds: Record<string, Kind> = {
  '.jsonl': {
    head: '',
    line: (one) => `${JSON.stringify(one)}\n`,
    says: (written) =>
      `${written} subscribers, each as it is stored: those who left, bounced or never confirmed too`,
  },
  '.csv': {
    // listmonk's columns come first; Mailchimp asks which column is what
    head: csvLine(['email', 'name', 'attributes', 'status', 'cadence', 'confirmed_at']),
    line: (one) => (isReader(one) ? csvLine(columnsOf(one)) : undefined),
    says: (written, odd) =>
      `${written} readers. Those who left, bounced or never confirmed are not in it: other programs would write to them` +
      (odd > 0 ? `\n${odd} addresses have a ' in front, so that no spreadsheet takes them for formulas` : ''),
  },
};

const isReader = ({ status }: Subscriber): boolean => status === 'active' || status === 'paused';

function columnsOf(one: Subscriber): string[] {
  const { address, status, cadence, zone, locale, consent, consents } = one;
  const attributes = { status, cadence, zone, locale, searches: searchesOf(one), consent, consents };
  return [address, '', JSON.stringify(attributes), status, cadence, consent.confirmedAt ?? ''];
}

/** Nobody but the operator may read the file, and none is overwritten; half a file never has the name. */
export async function exportSubscribers([path]: string[]): Promise<number> {
  const kind = path === undefined ? undefined : kinds[extname(path)];
  if (path === undefined || !kind)
    throw new Error('Name the file: readers.jsonl for all that is known, readers.csv for other programs');
  if (await stat(path).catch(() => undefined)) throw new Error(`${path} is there already: take another name`);
  const part = `${path}.part`;
  const counts = { written: 0, odd: 0 };
  try {
    await pipeline(Readable.from(linesOf(kind, counts)), createWriteStream(part, { mode: 0o600 }));
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true });
    throw new Error(`Can't export the subscribers to ${path}`, { cause });
  }
  console.log(`${path}: ${kind.says(counts.written, counts.odd)}`);
  return 0;
}

async function* linesOf(
  { head, line }: Kind,
  counts: { written: number; odd: number },
): AsyncGenerator<string> {
  if (head) yield head;
  for (const shard of shards) {
    for await (const one of subscribersOf(shard)) {
      const text = line(one);
      if (text === undefined) continue;
      counts.written++;
      if (isFormula(one.address)) counts.odd++;
      yield text;
    }
  }
}

async function* subscribersOf(shard: string): AsyncGenerator<Subscriber> {
  let after: string | undefined;
  for (;;) {
    const page = await subscribers.walk({ shard, after }, PAGE);
    yield* page;
    after = page.at(-1)?.subscriberId;
    if (after === undefined) return;
  }
}
