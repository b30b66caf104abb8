/** The readers of the soak: thousands put into the table, of whom some leave or travel while it sends; and newcomers. */
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Address } from '../lambdas/core/address';
import { shardOf, sign, subscriberIdOf, type Keys } from '../lambdas/core/identity';
import type { Subscriber } from '../lambdas/core/subscriber';
import type { Machine } from '../local/machine';
import type { Chance } from './chance';
import { pause } from './faults-dynamodb';

/** DynamoDB's own limit for a batch. */
const BATCH = 25;
/** So many move independently, each at rest for so many milliseconds on average. */
const AT_ONCE = 5;
const REST = 300;
/** One in so many readers has a mailbox that bounces. */
const BOUNCING = 200;
/** Where they live, in equal parts: at home, and in two later waves. */
const ZONES = ['', 'America/New_York', 'Asia/Tokyo'];

export interface Readers {
  /** The edition's audience. */
  ids: readonly string[];
  /** When each who left was told so, in epoch milliseconds. */
  leftAt: ReadonlyMap<string, number>;
  /** Who joined while it was sent. */
  joined: ReadonlySet<string>;
  leaves(id: string): Promise<void>;
  /** To another time zone, and so to another wave from the next edition on. */
  travels(id: string, zone: string): Promise<void>;
  joins(): Promise<void>;
  comesBack(id: string): Promise<void>;
}

const addressOf = (n: number): Address =>
  (n % BOUNCING === 0 ? `bounce+${n}@simulator.amazonses.com` : `reader${n}@example.org`) as Address;

/** Active readers, straight into the table: the form has tests of its own. */
export async function enlist(machine: Machine, count: number): Promise<Readers> {
  const { keys } = await import('../lambdas/aws/keys');
  const known = await keys();
  const ids = Array.from({ length: count }, (_, n) => subscriberIdOf(addressOf(n), known));
  const batches = Array.from({ length: Math.ceil(count / BATCH) }, (_, n) => n * BATCH);
  await Promise.all(
    [0, 1, 2, 3].map((lane) =>
      putEvery(
        batches.filter((_, n) => n % 4 === lane),
        ids,
      ),
    ),
  );
  const leftAt = new Map<string, number>();
  const joined = new Set<string>();
  return {
    ids,
    leftAt,
    joined,
    async leaves(id) {
      await persist(`${machine.site}/unsubscribe/${sign(known, 'one-click', id)}`, {});
      if (!leftAt.has(id)) leftAt.set(id, Date.now());
    },
    travels: (id, zone) =>
      persist(`${machine.site}/preferences`, { token: sign(known, 'preferences', id), zone }),
    joins: async () => void joined.add(await join(machine, known, `newcomer${joined.size}@example.org`)),
    comesBack: async (id) => void (await join(machine, known, addressOf(ids.indexOf(id)))),
  };
}

async function putEvery(starts: readonly number[], ids: readonly string[]): Promise<void> {
  const { documents } = await import('../lambdas/aws/dynamodb');
  const { tableName } = await import('../lambdas/aws/environment');
  for (const start of starts) {
    const requests = ids.slice(start, start + BATCH).map((subscriberId, n) => ({
      PutRequest: { Item: { ...reader(subscriberId, start + n), shard: shardOf(subscriberId) } },
    }));
    await documents.send(new BatchWriteCommand({ RequestItems: { [tableName('subscribers')]: requests } }));
  }
}

const reader = (subscriberId: string, n: number): Subscriber => ({
  subscriberId,
  address: addressOf(n),
  status: 'active',
  cadence: 'weekly',
  zone: ZONES[n % ZONES.length] || undefined,
  consent: { askedAt: '2025-01-01T00:00:00.000Z', confirmedAt: '2025-01-01T00:00:00.000Z' },
  revision: 1,
});

/** Through the form and the link of the invitation, which nobody has to read for it. */
async function join(machine: Machine, keys: Keys, address: string): Promise<string> {
  const id = subscriberIdOf(address as Address, keys);
  await persist(`${machine.site}/subscribe`, { email: address });
  await machine.idle();
  await persist(`${machine.site}/confirm`, { token: sign(keys, 'confirm', id, new Date()) });
  return id;
}

/** As a mail program does it: once more when the site fails. */
async function persist(url: string, fields: Record<string, string>): Promise<void> {
  for (let tries = 1; ; tries++) {
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
    await answer.arrayBuffer();
    if (answer.ok) return;
    if (tries === 10) throw new Error(`Can't go on: ${new URL(url).pathname} answers ${answer.status}`);
    await pause(50);
  }
}

/**
 * Until `signal`, somebody leaves, joins, travels or comes back every now and then; half of the leavers are just about to be
 * mailed, as `next` knows them.
 */
export async function moveAbout(readers: Readers, around: Around): Promise<void> {
  await Promise.all(Array.from({ length: AT_ONCE }, () => move(readers, around)));
}

interface Around {
  chance: Chance;
  next: () => string | undefined;
  signal: AbortSignal;
}

async function move(readers: Readers, { chance, next, signal }: Around): Promise<void> {
  while (!signal.aborted) {
    await pause(chance.between(0, 2 * REST));
    if (chance.percent(15)) {
      await readers.joins();
      continue;
    }
    if (chance.percent(15)) {
      await readers.travels(chance.pick(readers.ids), chance.pick(ZONES));
      continue;
    }
    const leaver = (chance.percent(50) ? next() : undefined) ?? chance.pick(readers.ids);
    await readers.leaves(leaver);
    if (chance.percent(10)) await readers.comesBack(leaver);
  }
}
