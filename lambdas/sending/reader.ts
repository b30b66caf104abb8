/** One reader of an edition: mailed at most once, and what came of it as a row for the ledger. */
import { setTimeout as wait } from 'node:timers/promises';
import type { DigestSlot } from '../../templates/digest';
import { fill } from '../../templates/slots';
import * as editions from '../aws/editions';
import { logFault } from '../aws/log';
import * as mailer from '../aws/mailer';
import * as subscribers from '../aws/subscribers';
import { turn } from '../aws/turn';
import { due, RELIED_ON_MS, type Delivery, type Due } from '../core/delivery';
import type { Edition, LaneMessage } from '../core/edition';
import { sign } from '../core/identity';
import type { Subscriber } from '../core/subscriber';
import { isOfLane } from '../core/waves';
import { copyOf } from './copies';
import { REST, times, type Stop, type Walk } from './walk';

/** What came of one reader: a row, nothing to do, or no try at all and why. */
export interface Attempt {
  subscriberId: string;
  row?: Delivery;
  untried?: Stop;
}

/** Never throws: the others of the group keep their rows. */
export async function attempt(
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
      const latest = new Date(walk.leaseUntil.getTime() - times().beforeCall);
      const may = await turn(latest);
      if (may === 'quota')
        return { subscriberId, untried: { reason: "the day's quota is used up", rest: REST } };
      if (Date.now() - asOf > RELIED_ON_MS) {
        now = await subscribers.find(subscriberId);
        const left = withoutMail(walk, now, number);
        // they are in the books already
        if (left) return { subscriberId, row: gone(reader, number), ...left };
      }
      // a process can stand still while it waits
      if (may === 'too late' || Date.now() > latest.getTime())
        return { subscriberId, untried: { reason: 'the lease is nearly over', rest: 0 } };
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
  { edition, lease }: Walk,
  reader: Subscriber | undefined,
  number: number,
): Pick<Attempt, 'row'> | undefined {
  const verdict = reader && dueHere(reader, lease.message, edition);
  if (!reader || !verdict || verdict.due === 'nothing') return {};
  if (verdict.due === 'digest') return undefined;
  return { row: row(reader, 'skipped', { reason: verdict.reason, attempt: number }) };
}

/** What a reader is due in this lane: who is of another wave, nothing. */
export const dueHere = (reader: Subscriber, lane: LaneMessage, edition: Edition): Due =>
  isOfLane(reader, lane, edition) ? due(reader, edition) : { due: 'nothing' };

/** One call to SES, and what came of it; undefined when SES only asks to slow down. */
async function call(walk: Walk, reader: Subscriber, number: number): Promise<Attempt | undefined> {
  const { subscriberId } = reader;
  const outcome = await mailer.send(copyFor(walk, reader, number), times().call);
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
  reader: Subscriber,
  number: number,
): mailer.Outgoing {
  const { subscriberId, address } = reader;
  const values: Record<DigestSlot, string> = {
    to: address,
    'one-click': sign(signing, 'one-click', subscriberId),
    unsubscribe: sign(signing, 'unsubscribe', subscriberId),
    preferences: sign(signing, 'preferences', subscriberId),
  };
  const tags = { edition: edition.editionId, subscriber: subscriberId, attempt: String(number) };
  return { to: address, raw: fill(copyOf(content, reader), values), tags };
}

const gone = (reader: Subscriber, number: number): Delivery =>
  row(reader, 'skipped', { reason: 'no longer subscribed', attempt: number });

export const row = (
  { subscriberId }: Subscriber,
  status: Delivery['status'],
  details: Partial<Pick<Delivery, 'reason' | 'messageId' | 'attempt'>>,
): Delivery => ({ subscriberId, status, attempt: 1, ...details, at: new Date().toISOString() });
