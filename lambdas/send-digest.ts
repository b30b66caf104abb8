/** One lane of an edition: its readers in key order, each mailed at most once, each settled by a row. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { fill } from '../templates/slots';
import type { DigestSlot } from '../templates/digest';
import * as deliveries from './aws/deliveries';
import * as editions from './aws/editions';
import { settings } from './aws/environment';
import { messages, type TimeLeft } from './aws/events';
import { keys } from './aws/keys';
import * as lanes from './aws/lanes';
import { log } from './aws/log';
import * as mailer from './aws/mailer';
import * as subscribers from './aws/subscribers';
import { turn } from './aws/turn';
import { due, type Delivery } from './core/delivery';
import { cursorBefore, heldBack, LaneMessage, type Content, type Cursor, type Edition } from './core/edition';
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
/** How long a walk goes on before it looks whether the edition was paused. */
const LOOK_MS = 2_000;
/** Seconds a lane rests when it can't go on now; SQS delays a message by 15 minutes at most. */
const REST = 900;

/** A walk along a lane: what it sends, with which right, until when. */
interface Walk {
  lease: lanes.Lease;
  edition: Edition;
  content: Content;
  keys: Keys;
  leaseUntil: Date;
  lookedAt: number;
  timeLeft: TimeLeft;
}

export const handler = messages(LaneMessage, async (message, timeLeft) => {
  const edition = await mayGo(message);
  if (!edition) return;
  const lease = { message, owner: randomUUID() };
  const leaseUntil = fromNow(LEASE_MS);
  const taking = await lanes.take(lease, new Date(), leaseUntil);
  if (taking.outcome === 'done' && !message.again) return;
  if (taking.outcome === 'held')
    // its owner may have died: the lane is looked at again when the lease has run out
    return lanes.enqueue([message], Math.ceil(Math.max(1_000, taking.until.getTime() - Date.now()) / 1000));
  const content = await editions.contentOf(edition);
  const walk: Walk = {
    lease,
    edition,
    content,
    keys: await keys(),
    leaseUntil,
    lookedAt: Date.now(),
    timeLeft,
  };
  if (taking.outcome === 'done') return tryAgain(walk);
  const { claimedTo, confirmedTo, settled = [], audience = 0 } = taking.lane;
  if (claimedTo && claimedTo !== confirmedTo) await recover(walk, { after: confirmedTo, upTo: claimedTo });
  await walkOn(walk, { confirmedTo: claimedTo, settled, audience });
});

const fromNow = (milliseconds: number): Date => new Date(Date.now() + milliseconds);

/** The edition, when it may be sent now; a lane that has to wait comes back, one of an edition that is over does not. */
async function mayGo(message: LaneMessage): Promise<Edition | undefined> {
  const edition = await editions.find(message.editionId);
  if (!edition) throw new Error(`Can't send edition ${message.editionId}: there is none`);
  const previous = edition.previous ? await editions.find(edition.previous) : undefined;
  const held = heldBack(edition, previous, settings().sending.lateHours, new Date());
  switch (held) {
    case undefined:
      return edition;
    case 'late':
      if (await editions.pause(message.editionId, 'it is later than lateHours allows'))
        log('edition.paused', { editionId: message.editionId, reason: held }, 'WARN');
      return undefined;
    case 'after the one before':
      return void (await lanes.enqueue([message], REST));
    case 'paused': // resuming queues every lane again
    case 'over':
      return undefined;
  }
}

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
  log('group.recovered', { editionId: lane.editionId, shard: lane.shard, unknown }, 'WARN');
}

/** Group by group: claim it and confirm the one before in one write, send, record. */
async function walkOn(walk: Walk, from: Cursor): Promise<void> {
  const { lease } = walk;
  let cursor = from;
  for (;;) {
    const group = await subscribers.walk({ shard: lease.message.shard, after: cursor.confirmedTo }, GROUP);
    const claimedTo = group.at(-1)?.subscriberId;
    if (!claimedTo) return void (await lanes.finish(lease, cursor));
    const reason = await reasonToStop(walk);
    if (reason) return stop(walk, cursor, reason);
    const audience = cursor.audience + audienceOf(group, walk.edition);
    walk.leaseUntil = fromNow(LEASE_MS);
    if (
      !(await lanes.advance(lease, { claimedTo, confirmedTo: cursor.confirmedTo, audience }, walk.leaseUntil))
    )
      return log('lane.lost', { editionId: lease.message.editionId, shard: lease.message.shard }, 'WARN');
    const { settled } = cursor;
    const attempts = await attemptAll(
      walk,
      group.filter(({ subscriberId }) => !settled.includes(subscriberId)),
    );
    await deliveries.record(
      lease.message,
      attempts.flatMap((tried) => tried.row ?? []),
    );
    const untried = attempts.find((tried) => tried.untried)?.untried;
    if (untried) {
      const before = cursorBefore(group, attempts, cursor.confirmedTo);
      const upTo = group.filter(
        ({ subscriberId }) => before.confirmedTo && subscriberId <= before.confirmedTo,
      );
      return stop(walk, { ...before, audience: cursor.audience + audienceOf(upTo, walk.edition) }, untried);
    }
    cursor = { confirmedTo: claimedTo, settled: [], audience };
  }
}

const audienceOf = (readers: readonly Subscriber[], edition: Edition): number =>
  readers.filter((reader) => due(reader, edition).due !== 'nothing').length;

/** Why a walk doesn't go on: `rest` in seconds, or none when something else queues the lane again. */
interface Stop {
  reason: string;
  rest: number | undefined;
}

async function reasonToStop(walk: Walk): Promise<Stop | undefined> {
  if (walk.timeLeft() < RESERVE_MS) return { reason: 'out of time', rest: 0 };
  if (Date.now() - walk.lookedAt < LOOK_MS) return undefined;
  walk.lookedAt = Date.now();
  const edition = await editions.find(walk.edition.editionId);
  return edition?.status === 'sending' ? undefined : { reason: edition?.status ?? 'gone', rest: undefined };
}

/** What came of one reader: a row, nothing to do, or no try at all and why. */
interface Attempt {
  subscriberId: string;
  row?: Delivery;
  untried?: Stop;
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
        : await Promise.all(few.map((reader) => attempt(walk, reader, 1)))),
    );
  }
  return attempts;
}

async function attempt(walk: Walk, reader: Subscriber, number: number): Promise<Attempt> {
  const { subscriberId } = reader;
  const verdict = due(reader, walk.edition);
  if (verdict.due === 'nothing') return { subscriberId };
  if (verdict.due === 'skip')
    return { subscriberId, row: row(reader, 'skipped', { reason: verdict.reason, attempt: number }) };
  const may = await turn(new Date(walk.leaseUntil.getTime() - CALL_MS));
  if (may === 'quota') return { subscriberId, untried: { reason: "the day's quota is used up", rest: REST } };
  if (may === 'too late') return { subscriberId, untried: { reason: 'the lease is nearly over', rest: 0 } };
  const outcome = await mailer.send(copyFor(walk, reader, number));
  switch (outcome.outcome) {
    case 'accepted':
      return { subscriberId, row: row(reader, 'sent', { messageId: outcome.messageId, attempt: number }) };
    case 'refused':
      return { subscriberId, row: row(reader, 'failed', { reason: outcome.reason, attempt: number }) };
    case 'unknown':
      return { subscriberId, row: row(reader, 'unknown', { reason: outcome.reason, attempt: number }) };
    case 'exhausted':
      return { subscriberId, untried: { reason: outcome.reason, rest: REST } };
    case 'stopped':
      await editions.pause(walk.edition.editionId, outcome.reason);
      return { subscriberId, untried: { reason: outcome.reason, rest: undefined } };
    case 'throttled': {
      await wait(500 + Math.random() * 1_500);
      const now = await subscribers.find(subscriberId); // may have left while we waited
      return now ? attempt(walk, now, number) : { subscriberId };
    }
  }
}

function copyFor(
  { edition, content, keys: signing }: Walk,
  { subscriberId, address }: Subscriber,
  number: number,
): mailer.Outgoing {
  const values: Record<DigestSlot, string> = {
    to: address,
    'one-click': sign(signing, 'one-click', subscriberId),
    unsubscribe: sign(signing, 'unsubscribe', subscriberId),
  };
  const tags = { edition: edition.editionId, subscriber: subscriberId, attempt: String(number) };
  return { to: address, raw: fill(content.skeleton, values), tags };
}

const row = (
  { subscriberId }: Subscriber,
  status: Delivery['status'],
  details: Partial<Pick<Delivery, 'reason' | 'messageId' | 'attempt'>>,
): Delivery => ({ subscriberId, status, attempt: 1, ...details, at: new Date().toISOString() });

/** A stop in good order: the lane is given back where it is, and queued to go on after a rest. */
async function stop({ lease }: Walk, cursor: Cursor, { reason, rest }: Stop): Promise<void> {
  const { editionId, shard } = lease.message;
  log('lane.stopped', { editionId, shard, reason }, rest ? 'WARN' : 'INFO');
  if ((await lanes.release(lease, cursor)) && rest !== undefined) await lanes.enqueue([lease.message], rest);
}

/**
 * Once more to the readers whose row says `again`. Each is claimed by a row of its own first (`unknown`, one attempt
 * more), so that a crash leaves a question and never a third mail.
 */
async function tryAgain(walk: Walk): Promise<void> {
  const { message } = walk.lease;
  for (const [subscriberId, { delivery }] of await deliveries.accountsOf(message)) {
    if (delivery?.status !== 'again') continue;
    const reason = await reasonToStop(walk);
    if (reason) return reason.rest === undefined ? undefined : lanes.enqueue([message], reason.rest);
    walk.leaseUntil = fromNow(LEASE_MS);
    const reader = await subscribers.find(subscriberId);
    const number = delivery.attempt + 1;
    const claim: Delivery = { ...delivery, status: 'unknown', attempt: number, at: new Date().toISOString() };
    if (!(await deliveries.change(message, 'again', claim))) continue;
    const tried = reader ? await attempt(walk, reader, number) : { subscriberId };
    const after = 'untried' in tried && tried.untried ? delivery : (tried.row ?? gone(delivery));
    await deliveries.change(message, 'unknown', after);
    if (tried.untried)
      return tried.untried.rest === undefined ? undefined : lanes.enqueue([message], tried.untried.rest);
  }
}

/** Who was to be tried again and is no reader any more. */
const gone = (delivery: Delivery): Delivery => ({
  ...delivery,
  status: 'skipped',
  reason: 'no longer subscribed',
});
