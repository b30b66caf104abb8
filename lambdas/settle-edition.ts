/** Every quarter of an hour, until the books of an edition close: lanes found again, unknown deliveries settled, report. */
import * as z from 'zod/mini';
import * as deliveries from './aws/deliveries';
import * as editions from './aws/editions';
import { settings } from './aws/environment';
import { scheduled } from './aws/events';
import * as lanes from './aws/lanes';
import { log, metric } from './aws/log';
import { enterLane, openBooks, settle, type Account, type Books, type Policy } from './core/books';
import { heldBack, isForgotten, type Edition, type Lane, type LaneMessage } from './core/edition';
import { shards } from './core/identity';
import { laneName, lanesOf, opensAt } from './core/waves';
import { watch } from './settling/watch';

/** Editions looked at, newest first; older ones were settled long ago. */
const LOOKED_AT = 20;

/** A lane's message comes back by itself after the queue's visibility timeout (15 minutes); then it is lost. */
const SILENCE_MS = 960_000;

const Run = z.object({
  /** Asks for every lane at once: for the local machine, whose queues end with its process. */
  queuesWereLost: z._default(z.boolean(), false),
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
  const looked: Edition[] = [];
  for (const { editionId } of await editions.newest(LOOKED_AT)) {
    const edition = await editions.find(editionId);
    if (!edition) continue;
    if (edition.status === 'sending')
      settled.push(await look(edition, queuesWereLost ? 0 : SILENCE_MS, new Date()));
    looked.push({ ...edition, status: statusIn(settled, edition) });
  }
  await watch(looked, new Date());
  return settled;
});

/** After the look at it, where there was one. */
const statusIn = (settled: readonly Settled[], { editionId, status }: Edition): Edition['status'] =>
  settled.find((one) => one.editionId === editionId)?.status ?? status;

async function look(edition: Edition, silence: number, now: Date): Promise<Settled> {
  const { editionId } = edition;
  if (heldBack(edition, settings().sending.lateHours, now) === 'late') {
    await editions.pause(editionId, 'it is later than lateHours allows');
    log('edition.paused', { editionId, reason: 'late' }, 'WARN');
    return { editionId, status: 'paused', requeued: 0 };
  }
  await editions.change(editionId, ['sending'], { aliveAt: now.toISOString() });
  const walked = await lanes.ofEdition(editionId);
  const all = lanesOf(edition);
  const idle = all.filter((lane) =>
    isIdle({ edition, lane, walked: walked.get(laneName(lane)) }, silence, now),
  );
  await lanes.enqueue(idle);
  if (all.some((lane) => walked.get(laneName(lane))?.status !== 'done')) {
    log('edition.sending', { editionId, requeued: idle.length });
    return { editionId, status: 'sending', requeued: idle.length };
  }
  return close(edition, walked, now);
}

interface Standing {
  edition: Edition;
  lane: LaneMessage;
  walked: Lane | undefined;
}

/**
 * A lane of a later wave is queued when it opens. One that nobody took yet has been silent since then, or since the
 * edition was queued.
 */
function isIdle({ edition, lane, walked }: Standing, silence: number, now: Date): boolean {
  if (walked) return isForgotten(walked, silence, now);
  const { queuedAt, cutoff, aliveAt } = edition;
  const queued = Date.parse(queuedAt ?? cutoff);
  const opens = opensAt(edition, lane);
  if (opens > now.getTime()) return false;
  const looked = Math.max(queued, Date.parse(aliveAt ?? cutoff));
  return opens > looked || Math.max(queued, opens) + silence <= now.getTime();
}

/**
 * All lanes are walked: what is unknown is settled, and when nobody is missing the edition is done. Lane by lane, so that
 * memory stays flat in the number of readers.
 */
async function close(edition: Edition, walked: Map<string, Lane>, now: Date): Promise<Settled> {
  const { editionId } = edition;
  let arrive: Promise<boolean> | undefined; // asked of every lane, so only where silence has to be judged
  const policy = async (): Promise<Policy> => ({
    ...settings().sending,
    eventsArrive: await (arrive ??= anyEvent(editionId)),
  });
  const books = openBooks();
  const again: LaneMessage[] = [];
  for (const shard of shards) {
    const accounts = await deliveries.accountsOf({ editionId, shard });
    const waiting = await settleLane({ editionId, shard }, accounts, policy, now);
    if (waiting) again.push({ editionId, shard, again: true });
    enterLane(books, audienceOf(edition, shard, walked), accounts.values());
  }
  await lanes.enqueue(again);
  const status = books.closed ? 'done' : 'sending';
  const walkedAt = edition.walkedAt ?? now.toISOString();
  await editions.change(editionId, ['sending'], { status, books, walkedAt });
  const { skipped, closed, ...counts } = books;
  metric(
    closed ? 'edition.done' : 'edition.open',
    { DigestsFailed: books.failed, DigestsUnknown: books.unknown + books.parked },
    { editionId, ...counts, skipped: JSON.stringify(skipped) },
  );
  return { editionId, status, requeued: again.length, books };
}

/** As the senders counted it, wave by wave. */
const audienceOf = (edition: Edition, shard: string, walked: ReadonlyMap<string, Lane>): number =>
  lanesOf(edition)
    .filter((lane) => lane.shard === shard)
    .reduce((sum, lane) => sum + (walked.get(laneName(lane))?.audience ?? 0), 0);

/** Whether SES reported anything at all of an edition. */
async function anyEvent(editionId: string): Promise<boolean> {
  for (const shard of shards)
    for (const { facts } of (await deliveries.accountsOf({ editionId, shard })).values())
      if (facts.length) return true;
  return false;
}

/** Settles what can be settled, in the table and in `accounts`; says whether readers wait for their second try. */
async function settleLane(
  lane: LaneMessage,
  accounts: Map<string, Account>,
  policy: () => Promise<Policy>,
  now: Date,
): Promise<boolean> {
  let waiting = false;
  for (const [subscriberId, { delivery, facts }] of accounts) {
    if (delivery?.status === 'again') waiting = true; // its message may have got lost
    if (delivery?.status !== 'unknown') continue;
    const status = settle(delivery, facts, await policy(), now);
    if (status === 'wait') continue;
    const next = { ...delivery, status, ...(status === 'sent' && { resolved: true }) };
    if (!(await deliveries.change(lane, delivery, next))) continue;
    accounts.set(subscriberId, { delivery: next, facts });
    if (status === 'again') waiting = true;
  }
  return waiting;
}
