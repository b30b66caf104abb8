/** Every quarter of an hour, until the books of an edition close: lanes found again, unknown deliveries settled, report. */
import * as z from 'zod';
import * as deliveries from './aws/deliveries';
import * as editions from './aws/editions';
import { settings } from './aws/environment';
import { scheduled } from './aws/events';
import * as lanes from './aws/lanes';
import { log, metric } from './aws/log';
import { balance, settle, type Account, type Books } from './core/books';
import { heldBack, isForgotten, type Edition, type Lane } from './core/edition';
import { shards } from './core/identity';

/** Editions looked at, newest first; older ones were settled long ago. */
const LOOKED_AT = 20;

/** A lane's message comes back by itself after the queue's visibility timeout (15 minutes); then it is lost. */
const SILENCE_MS = 960_000;

const Run = z.object({
  /** Asks for every lane at once: for the local machine, whose queues end with its process. */
  queuesWereLost: z.boolean().default(false),
});

export interface Settled {
  editionId: string;
  status: Edition['status'];
  /** Lanes queued again; one that is queued twice is walked once. */
  requeued: number;
  books?: Books;
}

export const handler = scheduled(Run, async ({ queuesWereLost }): Promise<Settled[]> => {
  const settled: Settled[] = [];
  for (const { editionId } of await editions.newest(LOOKED_AT)) {
    const edition = await editions.find(editionId);
    if (edition?.status === 'sending')
      settled.push(await look(edition, queuesWereLost ? 0 : SILENCE_MS, new Date()));
  }
  return settled;
});

async function look(edition: Edition, silence: number, now: Date): Promise<Settled> {
  const { editionId } = edition;
  if (heldBack(edition, settings().sending.lateHours, now) === 'late') {
    await editions.pause(editionId, 'it is later than lateHours allows');
    metric('EditionsHeld', 1, { editionId });
    return { editionId, status: 'paused', requeued: 0 };
  }
  await editions.change(editionId, ['sending'], { aliveAt: now.toISOString() });
  const walked = await lanes.ofEdition(editionId);
  const idle = shards.filter((shard) => isIdle(edition, walked.get(shard), silence, now));
  await lanes.enqueue(idle.map((shard) => ({ editionId, shard })));
  const underWay = shards.some((shard) => walked.get(shard)?.status !== 'done');
  if (underWay) {
    log('edition.sending', { editionId, requeued: idle.length });
    return { editionId, status: 'sending', requeued: idle.length };
  }
  return close(edition, walked, now);
}

/** A lane that nobody took yet has been silent since the edition was queued. */
function isIdle({ queuedAt, cutoff }: Edition, lane: Lane | undefined, silence: number, now: Date): boolean {
  if (lane) return isForgotten(lane, silence, now);
  return Date.parse(queuedAt ?? cutoff) + silence <= now.getTime();
}

/** All lanes are walked: what is unknown is settled, and when nobody is missing the edition is done. */
async function close(edition: Edition, walked: Map<string, Lane>, now: Date): Promise<Settled> {
  const { editionId } = edition;
  const accounts = await accountsOf(editionId);
  const again = await settleUnknown(editionId, accounts, now);
  const audience = [...walked.values()].reduce((sum, lane) => sum + (lane.audience ?? 0), 0);
  const books = balance(
    audience,
    [...(await accountsOf(editionId)).values()].flatMap((lane) => Array.from(lane.values())),
  );
  const status = books.closed ? 'done' : 'sending';
  await editions.change(editionId, ['sending'], {
    status,
    books,
    walkedAt: edition.walkedAt ?? now.toISOString(),
  });
  const { skipped, closed, ...counts } = books;
  log(closed ? 'edition.done' : 'edition.open', { editionId, ...counts, skipped: JSON.stringify(skipped) });
  metric('BooksOpen', closed ? 0 : 1, { editionId });
  return { editionId, status, requeued: again, books };
}

type Accounts = Map<string, Map<string, Account>>;

async function accountsOf(editionId: string): Promise<Accounts> {
  const read = shards.map(
    async (shard) => [shard, await deliveries.accountsOf({ editionId, shard })] as const,
  );
  return new Map(await Promise.all(read));
}

/** Answers how many lanes were queued for readers who are tried again. */
async function settleUnknown(editionId: string, accounts: Accounts, now: Date): Promise<number> {
  const { unknown, graceMinutes } = settings().sending;
  const eventsArrive = [...accounts.values()].some((lane) =>
    [...lane.values()].some(({ facts }) => facts.length),
  );
  const again = new Set<string>();
  for (const [shard, lane] of accounts) {
    for (const { delivery, facts } of lane.values()) {
      if (delivery?.status === 'again') again.add(shard); // the message may have got lost
      if (delivery?.status !== 'unknown') continue;
      const status = settle(delivery, facts, { unknown, eventsArrive, graceMinutes }, now);
      if (status === 'wait') continue;
      const next = { ...delivery, status, ...(status === 'sent' && { resolved: true }) };
      const changed = await deliveries.change({ editionId, shard }, 'unknown', next);
      if (changed && status === 'again') again.add(shard);
    }
  }
  await lanes.enqueue([...again].map((shard) => ({ editionId, shard, again: true })));
  return again.size;
}
