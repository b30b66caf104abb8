/** All that is stored of a reader: a copy of it for them, and its erasure. */
import { setTimeout as pause } from 'node:timers/promises';
import * as deliveries from '../aws/deliveries';
import * as editions from '../aws/editions';
import { keys } from '../aws/keys';
import { log } from '../aws/log';
import * as subscribers from '../aws/subscribers';
import { RELIED_ON_MS } from '../core/delivery';
import { shardOf, verify } from '../core/identity';
import { erased } from '../core/leaving';
import { isErased, type Subscriber } from '../core/subscriber';
import { change } from './holder';

/** Editions looked through: more than there are in the 13 months that deliveries are kept. */
const EDITIONS = 400;
/** Editions asked for at a time. */
const AT_ONCE = 16;

/** With the rows that the reader moved away from: those are about the same person, and nobody else uses them. */
export async function everythingOf(subscriberId: string, now: Date): Promise<object> {
  const rows = await rowsOf(subscriberId);
  const received = await Promise.all(rows.map((row) => deliveriesTo(row.subscriberId)));
  return {
    exportedAt: now.toISOString(),
    subscriptions: rows.map((row, n) => ({ subscriber: row, deliveries: received[n] })),
  };
}

/** Newest first: the row itself, the one it came from, and so on. */
async function rowsOf(subscriberId: string, to?: string): Promise<Subscriber[]> {
  const row = await subscribers.find(subscriberId);
  const isOurs = to === undefined || (row?.status === 'unsubscribed' && row.movedTo?.subscriberId === to);
  if (!row || isErased(row) || !isOurs) return [];
  return [row, ...(row.movedFrom ? await rowsOf(row.movedFrom.subscriberId, subscriberId) : [])];
}

async function deliveriesTo(subscriberId: string): Promise<object[]> {
  const listed = await editions.newest(EDITIONS);
  const found: object[] = [];
  for (let n = 0; n < listed.length; n += AT_ONCE) {
    const some = listed.slice(n, n + AT_ONCE).map(async ({ editionId, title }) => {
      const lane = { editionId, shard: shardOf(subscriberId) };
      const { delivery, facts } = await deliveries.accountOf(lane, subscriberId);
      return delivery || facts.length ? [{ editionId, title, ...delivery, feedback: facts }] : [];
    });
    found.push(...(await Promise.all(some)).flat());
  }
  return found;
}

/** Doing it twice changes nothing. When it answers, no mail to them is begun any more. */
export async function erase(subscriberId: string, now: Date): Promise<void> {
  for (const row of await rowsOf(subscriberId)) {
    await change(row.subscriberId, (known) => (isErased(known) ? known : erased(known, now)));
    log('subscriber.erased', { subscriberId: row.subscriberId });
  }
  await pause(2 * RELIED_ON_MS);
}

/** How long the button on the page that asks "are you sure?" works. */
const SURE_MINUTES = 60;

/** The id in the token of that button; undefined for any other token, and for one that is too old. */
export async function surelyErases(token: string, now: Date): Promise<string | undefined> {
  const link = verify(await keys(), 'erase', token);
  const isFresh = link && now.getTime() - link.issuedAt.getTime() <= SURE_MINUTES * 60_000;
  return isFresh ? link.subscriberId : undefined;
}
