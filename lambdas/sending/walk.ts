/** A walk along a lane: what it sends, with which right, until when, and why it stops. */
import * as editions from '../aws/editions';
import { settings } from '../aws/environment';
import type { TimeLeft } from '../aws/events';
import type * as lanes from '../aws/lanes';
import type { Content, Edition } from '../core/edition';
import type { Keys } from '../core/identity';
import { leaseTimes, type LeaseTimes } from '../core/lease';

/** How long a walk goes on before it looks whether the edition was paused. */
const LOOK_MS = 2_000;
/** Seconds a lane rests when it can't go on now; SQS delays a message by 15 minutes at most. */
export const REST = 900;

export interface Walk {
  lease: lanes.Lease;
  edition: Edition;
  content: Content;
  keys: Keys;
  leaseUntil: Date;
  lookedAt: number;
  timeLeft: TimeLeft;
}

export const times = (): LeaseTimes => leaseTimes(settings().sending.leaseSeconds);

export const fromNow = (milliseconds: number): Date => new Date(Date.now() + milliseconds);

/** No lease is longer than this run may be: Lambda would end it in the middle of a group. */
export function leaseEnd(timeLeft: TimeLeft): Date {
  const { lease, forRows } = times();
  return fromNow(Math.min(lease, timeLeft() - forRows));
}

/** Why a walk doesn't go on: `rest` in seconds, or none when something else queues the lane again. */
export interface Stop {
  reason: string;
  rest: number | undefined;
}

/** Looked at between groups. */
export async function reasonToStop(walk: Walk): Promise<Stop | undefined> {
  if (walk.timeLeft() < times().beforeGroup) return { reason: 'out of time', rest: 0 };
  if (Date.now() - walk.lookedAt < LOOK_MS) return undefined;
  walk.lookedAt = Date.now();
  const edition = await editions.find(walk.edition.editionId);
  return edition?.status === 'sending' ? undefined : { reason: edition?.status ?? 'gone', rest: undefined };
}
