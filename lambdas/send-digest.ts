/** One lane of an edition: its readers in key order, each mailed at most once, each settled by a row. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { fill } from '../templates/slots';
import type { DigestSlot } from '../templates/digest';
import * as deliveries from './aws/deliveries';
import * as editions from './aws/editions';
import { messages, type TimeLeft } from './aws/events';
import { keys } from './aws/keys';
import * as lanes from './aws/lanes';
import { log } from './aws/log';
import * as mailer from './aws/mailer';
import * as subscribers from './aws/subscribers';
import { due, type Delivery } from './core/delivery';
import { cursorBefore, LaneMessage, type Content, type Cursor, type Edition } from './core/edition';
import { sign, type Keys } from './core/identity';
import type { Subscriber } from './core/subscriber';

/** Readers a claim covers: the most that a crash can leave unknown in a lane. */
const GROUP = 10;
/** Calls to SES at a time within a group. */
const AT_ONCE = 5;
const LEASE_MS = 120_000;
/** Before a send the lease must hold for longer than a call may take (aws/mailer.ts). */
const CALL_MS = 25_000;
/** What a run keeps to stop in good order before Lambda ends it. */
const RESERVE_MS = 45_000;
/** How long a lane rests when SES says stop; SQS delays a message by 15 minutes at most. */
const REST_SECONDS = 900;

/** A walk along a lane: what it sends, with which right, until when. */
interface Walk {
  lease: lanes.Lease;
  edition: Edition;
  content: Content;
  keys: Keys;
  leaseUntil: Date;
}

export const handler = messages(LaneMessage, async (message, timeLeft) => {
  const edition = await editions.find(message.editionId);
  if (!edition) throw new Error(`Can't send edition ${message.editionId}: there is none`);
  const lease = { message, owner: randomUUID() };
  const leaseUntil = fromNow(LEASE_MS);
  const taking = await lanes.take(lease, new Date(), leaseUntil);
  switch (taking.outcome) {
    case 'done':
      return;
    case 'held': // its owner may have died, so the lane is looked at again when the lease has run out
      return lanes.enqueue([message], Math.ceil(Math.max(1_000, taking.until.getTime() - Date.now()) / 1000));
    case 'taken': {
      const { claimedTo, confirmedTo, settled = [] } = taking.lane;
      const walk = {
        lease,
        edition,
        content: await editions.contentOf(edition),
        keys: await keys(),
        leaseUntil,
      };
      if (claimedTo && claimedTo !== confirmedTo)
        await recover(walk, { after: confirmedTo, upTo: claimedTo });
      await walkOn(walk, { confirmedTo: claimedTo, settled }, timeLeft);
    }
  }
});

const fromNow = (milliseconds: number): Date => new Date(Date.now() + milliseconds);

/** A group that another sender claimed and never confirmed: who has no row may or may not have been mailed. */
async function recover(walk: Walk, range: { after: string | undefined; upTo: string }): Promise<void> {
  const lane = walk.lease.message;
  let unknown = 0;
  for (let { after } = range; ;) {
    const readers = await subscribers.walk({ shard: lane.shard, after, upTo: range.upTo }, GROUP);
    for (const reader of readers.filter((one) => due(one, walk.edition).due !== 'nothing'))
      if (await deliveries.recordUnknown(lane, row(reader, 'unknown', { reason: 'the sender stopped' })))
        unknown++;
    after = readers.at(-1)?.subscriberId;
    if (!after || after === range.upTo) break;
  }
  log('group.recovered', { ...lane, unknown }, 'WARN');
}

/** Group by group: claim it and confirm the one before in one write, send, record. */
async function walkOn(walk: Walk, from: Cursor, timeLeft: TimeLeft): Promise<void> {
  const { lease } = walk;
  let { confirmedTo, settled } = from;
  for (;;) {
    const group = await subscribers.walk({ shard: lease.message.shard, after: confirmedTo }, GROUP);
    const claimedTo = group.at(-1)?.subscriberId;
    if (!claimedTo) return void (await lanes.finish(lease, confirmedTo));
    if (timeLeft() < RESERVE_MS)
      return stop(walk, { confirmedTo, settled }, { reason: 'out of time', rest: 0 });
    walk.leaseUntil = fromNow(LEASE_MS);
    if (!(await lanes.advance(lease, { claimedTo, confirmedTo }, walk.leaseUntil)))
      return log('lane.lost', { ...lease.message }, 'WARN');
    const attempts = await attemptAll(
      walk,
      group.filter(({ subscriberId }) => !settled.includes(subscriberId)),
    );
    await deliveries.record(
      lease.message,
      attempts.flatMap((tried) => tried.row ?? []),
    );
    const untried = attempts.find((tried) => tried.untried)?.untried;
    if (untried) return stop(walk, cursorBefore(group, attempts, confirmedTo), untried);
    [confirmedTo, settled] = [claimedTo, []];
  }
}

/** What came of one reader: a row, nothing to do, or no try at all and why. */
interface Attempt {
  subscriberId: string;
  row?: Delivery;
  untried?: { reason: string; rest: number };
}

/** A few at a time. After the first reader who can't be tried, nobody further is. */
async function attemptAll(walk: Walk, readers: readonly Subscriber[]): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (let n = 0; n < readers.length; n += AT_ONCE) {
    const few = readers.slice(n, n + AT_ONCE);
    const before = attempts.find(({ untried }) => untried)?.untried;
    attempts.push(
      ...(before
        ? few.map(({ subscriberId }) => ({ subscriberId, untried: before }))
        : await Promise.all(few.map((reader) => attempt(walk, reader)))),
    );
  }
  return attempts;
}

async function attempt(walk: Walk, reader: Subscriber): Promise<Attempt> {
  const { subscriberId } = reader;
  const verdict = due(reader, walk.edition);
  if (verdict.due === 'nothing') return { subscriberId };
  if (verdict.due === 'skip')
    return { subscriberId, row: row(reader, 'skipped', { reason: verdict.reason }) };
  if (walk.leaseUntil.getTime() - Date.now() < CALL_MS)
    return { subscriberId, untried: { reason: 'the lease is nearly over', rest: 0 } };
  const outcome = await mailer.send(copyFor(walk, reader));
  switch (outcome.outcome) {
    case 'accepted':
      return { subscriberId, row: row(reader, 'sent', { messageId: outcome.messageId }) };
    case 'refused':
      return { subscriberId, row: row(reader, 'failed', { reason: outcome.reason }) };
    case 'unknown':
      return { subscriberId, row: row(reader, 'unknown', { reason: outcome.reason }) };
    case 'stopped':
      return { subscriberId, untried: { reason: outcome.reason, rest: REST_SECONDS } };
    case 'throttled': {
      await pause(500 + Math.random() * 1_500);
      const now = await subscribers.find(subscriberId); // may have left while we waited
      return now ? attempt(walk, now) : { subscriberId };
    }
  }
}

function copyFor(
  { edition, content, keys: signing }: Walk,
  { subscriberId, address }: Subscriber,
): mailer.Outgoing {
  const values: Record<DigestSlot, string> = {
    to: address,
    'one-click': sign(signing, 'one-click', subscriberId),
    unsubscribe: sign(signing, 'unsubscribe', subscriberId),
  };
  const tags = { edition: edition.editionId, subscriber: subscriberId, attempt: '1' };
  return { to: address, raw: fill(content.skeleton, values), tags };
}

const row = (
  { subscriberId }: Subscriber,
  status: Delivery['status'],
  details: Pick<Delivery, 'reason' | 'messageId'>,
): Delivery => ({ subscriberId, status, ...details, at: new Date().toISOString() });

/** A stop in good order: the lane is given back where it is, and queued to go on after a rest (in seconds). */
async function stop({ lease }: Walk, cursor: Cursor, { reason, rest }: { reason: string; rest: number }) {
  log('lane.stopped', { ...lease.message, reason }, rest ? 'WARN' : 'INFO');
  if (await lanes.release(lease, cursor)) await lanes.enqueue([lease.message], rest);
}
