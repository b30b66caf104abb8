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
import { log, logFault } from './aws/log';
import * as mailer from './aws/mailer';
import * as subscribers from './aws/subscribers';
import { turn } from './aws/turn';
import { due, type Delivery } from './core/delivery';
import {
  cursorAfter,
  cursorBefore,
  heldBack,
  isWalked,
  LaneMessage,
  type Content,
  type Cursor,
  type Edition,
} from './core/edition';
import { sign, type Keys } from './core/identity';
import type { Subscriber } from './core/subscriber';

/** Readers a claim covers: the most that a crash can leave unknown in a lane. */
const GROUP = 10;
/** Calls to SES at a time within a group. */
const AT_ONCE = 5;
/** Of fewer readers a common fate says little. */
const FEW = 5;
const LEASE_MS = 120_000;
/** Before a send the lease must hold for longer than a call may take (aws/mailer.ts). */
const CALL_MS = 25_000;
/** A group isn't begun with less time left, and what is kept for writing its rows before Lambda ends the run. */
const RESERVE_MS = 45_000;
const END_MS = 10_000;
/** How long a walk goes on before it looks whether the edition was paused. */
const LOOK_MS = 2_000;
/** A row read longer ago is read again before its reader is mailed: they may have left since. */
const STALE_MS = 1_000;
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

export const handler = messages('lanes', LaneMessage, async (message, timeLeft) => {
  const edition = await mayGo(message);
  if (!edition) return;
  const lease = { message, owner: randomUUID() };
  const leaseUntil = leaseEnd(timeLeft);
  const taking = await lanes.take(lease, new Date(), leaseUntil);
  if (taking.outcome === 'held') return; // somebody has it, or it rests; settle-edition finds it if nobody goes on
  if (taking.outcome === 'done' && !message.again) return;
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
  if (taking.outcome !== 'taken') return tryAgain(walk);
  const { claimedTo, confirmedTo, settled = [], audience = 0 } = taking.lane;
  if (claimedTo && claimedTo !== confirmedTo) await recover(walk, { after: confirmedTo, upTo: claimedTo });
  await walkOn(walk, { confirmedTo: claimedTo, settled, audience });
});

const fromNow = (milliseconds: number): Date => new Date(Date.now() + milliseconds);

/** No lease is longer than this run may be: Lambda would end it in the middle of a group. */
const leaseEnd = (timeLeft: TimeLeft): Date => fromNow(Math.min(LEASE_MS, timeLeft() - END_MS));

/** The edition, when it may be sent now; a lane that has to wait comes back, one of an edition that is over does not. */
async function mayGo(message: LaneMessage): Promise<Edition | undefined> {
  const edition = await editions.find(message.editionId);
  if (!edition) throw new Error(`Can't send edition ${message.editionId}: there is none`);
  const held = heldBack(edition, settings().sending.lateHours, new Date());
  switch (held) {
    case undefined:
      if (!edition.previous || (await isOver(edition.previous))) return edition;
      await lanes.enqueue([message], REST); // an edition never overtakes the one before
      return undefined;
    case 'late':
      if (await editions.pause(message.editionId, 'it is later than lateHours allows'))
        log('edition.paused', { editionId: message.editionId, reason: held }, 'WARN');
      return undefined;
    case 'paused': // resuming queues every lane again
    case 'over':
      return undefined;
  }
}

async function isOver(editionId: string): Promise<boolean> {
  const edition = await editions.find(editionId);
  if (!edition || edition.walkedAt) return true;
  const walked = isWalked(edition, await lanes.ofEdition(editionId));
  if (walked) await editions.change(editionId, ['sending', 'paused'], { walkedAt: new Date().toISOString() });
  return walked;
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
    const readAt = Date.now();
    const group = await subscribers.walk({ shard: lease.message.shard, after: cursor.confirmedTo }, GROUP);
    const claimedTo = group.at(-1)?.subscriberId;
    if (!claimedTo) return void (await lanes.finish(lease, cursor));
    const reason = await reasonToStop(walk);
    if (reason) return stop(walk, cursor, reason);
    const audience = cursor.audience + audienceOf(group, walk.edition);
    walk.leaseUntil = leaseEnd(walk.timeLeft);
    if (!(await lanes.advance(lease, { claimedTo, from: cursor, audience }, walk.leaseUntil)))
      return log('lane.lost', { editionId: lease.message.editionId, shard: lease.message.shard }, 'WARN');
    const { settled } = cursor;
    const fresh = group.filter(({ subscriberId }) => !settled.includes(subscriberId));
    const attempts = await attemptAll(walk, fresh, readAt);
    await deliveries.record(
      lease.message,
      attempts.flatMap((tried) => tried.row ?? []),
    );
    await stopIfAllAreRefused(lease.message.editionId, attempts);
    const untried = attempts.find((tried) => tried.untried)?.untried;
    if (untried) {
      const before = cursorBefore(group, attempts, cursor);
      const upTo = group.filter(
        ({ subscriberId }) => before.confirmedTo && subscriberId <= before.confirmedTo,
      );
      return stop(walk, { ...before, audience: cursor.audience + audienceOf(upTo, walk.edition) }, untried);
    }
    cursor = cursorAfter(claimedTo, cursor, audience);
  }
}

/** Refused one and all means that something is wrong with us, not with the readers. */
async function stopIfAllAreRefused(editionId: string, attempts: readonly Attempt[]): Promise<void> {
  const rows = attempts.flatMap((tried) => tried.row ?? []);
  if (rows.length < FEW || rows.some(({ status }) => status !== 'failed')) return;
  const reason = `SES refused every reader of a group: ${rows[0]?.reason}`;
  if (await editions.pause(editionId, reason)) log('edition.paused', { editionId, reason }, 'ERROR');
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
async function attemptAll(walk: Walk, readers: readonly Subscriber[], readAt: number): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (let n = 0; n < readers.length; n += AT_ONCE) {
    const few = readers.slice(n, n + AT_ONCE);
    const before = attempts.find(({ untried }) => untried)?.untried;
    attempts.push(
      ...(before
        ? few.map(({ subscriberId }) => ({ subscriberId, untried: before }))
        : await Promise.all(few.map((reader) => attempt(walk, reader, { number: 1, readAt })))),
    );
  }
  return attempts;
}

/** Never throws: the others of the group keep their rows. */
async function attempt(
  walk: Walk,
  reader: Subscriber,
  { number, readAt }: { number: number; readAt: number },
): Promise<Attempt> {
  const { subscriberId } = reader;
  try {
    let now: Subscriber | undefined = reader;
    for (let asOf = readAt; ; asOf = 0) {
      const settled = withoutMail(walk, now, number);
      if (settled) return { subscriberId, ...settled };
      const may = await turn(new Date(walk.leaseUntil.getTime() - CALL_MS));
      if (may === 'quota')
        return { subscriberId, untried: { reason: "the day's quota is used up", rest: REST } };
      if (may === 'too late')
        return { subscriberId, untried: { reason: 'the lease is nearly over', rest: 0 } };
      if (Date.now() - asOf > STALE_MS) {
        now = await subscribers.find(subscriberId);
        const left = withoutMail(walk, now, number);
        if (left) return { subscriberId, ...left };
      }
      const tried = now && (await call(walk, now, number));
      if (tried) return tried;
      await wait(500 + Math.random() * 1_500);
    }
  } catch (error) {
    logFault('reader.untried', error, { subscriberId });
    return { subscriberId, untried: { reason: 'a fault before the call', rest: 60 } };
  }
}

/** What is settled without a mail: a row for those who were to get one, nothing for all others. */
function withoutMail(
  { edition }: Walk,
  reader: Subscriber | undefined,
  number: number,
): Pick<Attempt, 'row'> | undefined {
  const verdict = reader ? due(reader, edition) : { due: 'nothing' as const };
  if (!reader || verdict.due === 'nothing') return {};
  if (verdict.due === 'digest') return undefined;
  return { row: row(reader, 'skipped', { reason: verdict.reason, attempt: number }) };
}

/** One call to SES, and what came of it; undefined when SES only asks to slow down. */
async function call(walk: Walk, reader: Subscriber, number: number): Promise<Attempt | undefined> {
  const { subscriberId } = reader;
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
    case 'throttled':
      return undefined;
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
  // less than the message's delay, or by another clock the message would find the lane still at rest
  const restUntil = fromNow(((rest ?? 0) - 60) * 1000);
  if ((await lanes.release(lease, cursor, restUntil)) && rest !== undefined)
    await lanes.enqueue([lease.message], rest);
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
    walk.leaseUntil = leaseEnd(walk.timeLeft);
    const reader = await subscribers.find(subscriberId);
    const number = delivery.attempt + 1;
    const claim: Delivery = { ...delivery, status: 'unknown', attempt: number, at: new Date().toISOString() };
    if (!(await deliveries.change(message, 'again', claim))) continue;
    const tried = reader ? await attempt(walk, reader, { number, readAt: Date.now() }) : { subscriberId };
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
