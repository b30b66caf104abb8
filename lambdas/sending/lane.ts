/** A lane from its cursor to its end: groups of readers, each claimed before it is sent and recorded after. */
import * as deliveries from '../aws/deliveries';
import * as editions from '../aws/editions';
import * as lanes from '../aws/lanes';
import { log } from '../aws/log';
import * as subscribers from '../aws/subscribers';
import { due } from '../core/delivery';
import { cursorAfter, cursorBefore, type Cursor, type LaneMessage } from '../core/edition';
import type { Subscriber } from '../core/subscriber';
import { isOfLane } from '../core/waves';
import { attempt, dueHere, row, type Attempt } from './reader';
import { fromNow, leaseEnd, reasonToStop, type Stop, type Walk } from './walk';

/** Readers a claim covers: the most that a crash can leave unknown in a lane. */
const GROUP = 10;
/** Calls to SES at a time within a group. */
const AT_ONCE = 5;
/** Subscribers read at a time in search of those of a later wave. */
const PAGE = 100;
/** Of fewer readers a common fate says little. */
const FEW = 5;

/** A group that another sender claimed and never confirmed: who has no row may or may not have been mailed. */
export async function recover(walk: Walk, range: { after: string | undefined; upTo: string }): Promise<void> {
  const lane = walk.lease.message;
  let unknown = 0;
  for (let { after } = range; ;) {
    const readers = await subscribers.walk({ shard: lane.shard, after, upTo: range.upTo }, GROUP);
    for (const reader of readers.filter((one) => mayBeClaimed(walk, one)))
      if (await deliveries.recordUnknown(lane, row(reader, 'unknown', { reason: 'the sender stopped' })))
        unknown++;
    after = readers.at(-1)?.subscriberId;
    if (!after || after === range.upTo) break;
  }
  log('group.recovered', { editionId: lane.editionId, shard: lane.shard, unknown }, 'WARN');
}

/** Who was erased has no zone left: they may have been claimed here all the same, and a row too many does no harm. */
const mayBeClaimed = ({ lease, edition }: Walk, reader: Subscriber): boolean =>
  due(reader, edition).due !== 'nothing' &&
  (reader.erasedAt !== undefined || isOfLane(reader, lease.message, edition));

/** Group by group: claim it and confirm the one before in one write, send, record. */
export async function walkOn(walk: Walk, from: Cursor): Promise<void> {
  const { lease } = walk;
  let cursor = from;
  for (;;) {
    const readAt = Date.now();
    const group = await nextGroup(walk, cursor.confirmedTo);
    const claimedTo = group.at(-1)?.subscriberId;
    if (!claimedTo) return void (await lanes.finish(lease, cursor));
    const reason = await reasonToStop(walk);
    if (reason) return stop(walk, cursor, reason);
    const audience = cursor.audience + audienceOf(walk, group);
    walk.leaseUntil = leaseEnd(walk.timeLeft);
    if (!(await lanes.advance(lease, { claimedTo, from: cursor, audience }, walk.leaseUntil)))
      return log('lane.lost', { editionId: lease.message.editionId, shard: lease.message.shard }, 'WARN');
    const { settled } = cursor;
    const fresh = group.filter(({ subscriberId }) => !settled.includes(subscriberId));
    const attempts = await attemptAll(walk, fresh, readAt);
    await record(lease.message, attempts);
    await stopIfAllAreRefused(lease.message.editionId, attempts);
    const untried = attempts.find((tried) => tried.untried)?.untried;
    if (untried) {
      const before = cursorBefore(group, attempts, cursor);
      const upTo = group.filter(
        ({ subscriberId }) => before.confirmedTo && subscriberId <= before.confirmedTo,
      );
      return stop(walk, { ...before, audience: cursor.audience + audienceOf(walk, upTo) }, untried);
    }
    cursor = cursorAfter(claimedTo, cursor, audience);
  }
}

/** Of a later wave there are few in a shard: all others are passed over before anything is claimed. */
async function nextGroup(
  { lease: { message }, edition }: Walk,
  from: string | undefined,
): Promise<Subscriber[]> {
  const { shard } = message;
  if (!message.wave) return subscribers.walk({ shard, after: from }, GROUP);
  const group: Subscriber[] = [];
  for (let after = from, page = GROUP; ; page = Math.min(2 * page, PAGE)) {
    const readers = await subscribers.walk({ shard, after }, page);
    group.push(...readers.filter((reader) => isOfLane(reader, message, edition)));
    after = readers.at(-1)?.subscriberId;
    if (!after || group.length >= GROUP) return group.slice(0, GROUP);
  }
}

const audienceOf = ({ lease, edition }: Walk, readers: readonly Subscriber[]): number =>
  readers.filter((reader) => dueHere(reader, lease.message, edition).due !== 'nothing').length;

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

/** A sender that stood still comes late: then its doubt must not wipe out what others found out meanwhile. */
async function record(lane: LaneMessage, attempts: readonly Attempt[]): Promise<void> {
  const rows = attempts.flatMap((tried) => tried.row ?? []);
  await deliveries.record(
    lane,
    rows.filter(({ status }) => status !== 'unknown'),
  );
  for (const one of rows) if (one.status === 'unknown') await deliveries.recordUnknown(lane, one);
}

/** Refused one and all means that something is wrong with us, not with the readers. */
async function stopIfAllAreRefused(editionId: string, attempts: readonly Attempt[]): Promise<void> {
  const rows = attempts.flatMap((tried) => tried.row ?? []);
  if (rows.length < FEW || rows.some(({ status }) => status !== 'failed')) return;
  const reason = `SES refused every reader of a group: ${rows[0]?.reason}`;
  if (await editions.pause(editionId, reason)) log('edition.paused', { editionId, reason }, 'ERROR');
}

/** A stop in good order: the lane is given back where it is, and queued to go on after a rest. */
async function stop({ lease }: Walk, cursor: Cursor, { reason, rest }: Stop): Promise<void> {
  const { editionId, shard } = lease.message;
  log('lane.stopped', { editionId, shard, reason }, rest ? 'WARN' : 'INFO');
  // less than the message's delay, or by another clock the message would find the lane still at rest
  const restUntil = fromNow(((rest ?? 0) - 60) * 1000);
  if ((await lanes.release(lease, cursor, restUntil)) && rest !== undefined)
    await lanes.enqueue([lease.message], rest);
}
