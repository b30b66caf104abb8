/**
 * `npm run soak -- --readers N --kills K --seed S`: an edition to N readers while senders are killed at random and readers
 * leave. The judge is the far end's own record of what it accepted; the ledger doesn't judge itself.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Address } from '../lambdas/core/address';
import type { Delivery } from '../lambdas/core/delivery';
import { shards, sign, subscriberIdOf } from '../lambdas/core/identity';
import type { Subscriber } from '../lambdas/core/subscriber';
import { SAMPLE } from '../local/journey';
import { localNewsletter } from '../local/newsletter';
import { startMachine, type Machine } from '../local/machine';
import { storedMails } from '../local/mailbox';

const EDITION = 'weekly-2025-W11';
const SENDERS = 2;
/** Minutes: a killed sender's lane is free when its lease has run out, so the end may be some minutes off. */
const LONGEST_MINUTES = 20;
/** A call to SES that was under way when the unsubscribe was answered may still arrive. */
const IN_FLIGHT_MS = 1_000;

interface Verdict {
  readers: number;
  kills: number;
  duplicates: number;
  missed: number;
  unknown: number;
  resolved: number;
  parked: number;
  afterUnsubscribe: number;
  booksClosed: boolean;
}

/** Mulberry32: the same seed makes the same run, but for the machine's own timing. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function choices(): { readers: number; kills: number; seed: number } {
  const { values } = parseArgs({
    options: {
      readers: { type: 'string', default: '2000' },
      kills: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
    },
  });
  const whole = (name: 'readers' | 'kills' | 'seed', least: number): number => {
    const number = Number(values[name]);
    if (!Number.isInteger(number) || number < least)
      throw new Error(`--${name} needs a whole number from ${least}`);
    return number;
  };
  return { readers: whole('readers', 1), kills: whole('kills', 0), seed: whole('seed', 0) };
}

async function main(): Promise<void> {
  const chosen = choices();
  console.log(JSON.stringify(chosen));
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-soak-'));
  const machine = await startMachine({
    folder,
    newsletter: await localNewsletter([SAMPLE]),
    sitePort: 0,
    inboxPort: 0,
    schedules: false,
    queues: false,
  });
  try {
    const verdict = await soak(machine, chosen);
    console.log(JSON.stringify(verdict));
    if (verdict.duplicates || verdict.missed || verdict.afterUnsubscribe) process.exitCode = 1;
  } finally {
    await machine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function soak(
  machine: Machine,
  { readers, kills, seed }: ReturnType<typeof choices>,
): Promise<Verdict> {
  const random = seeded(seed);
  const ids = await enlist(readers);
  await machine.invoke('ingest-papers', {});
  await machine.invoke('build-digest', { cadence: 'weekly', scheduledTime: '2025-03-17T07:00:00.000Z' });
  const senders = Array.from({ length: SENDERS }, () => startSender(machine));
  const left = new Map<string, number>();
  try {
    for (let killed = 0; killed < kills; killed++) {
      await pause(200 + random() * 1_300);
      await leave(machine, ids[Math.floor(random() * ids.length)] as string, left);
      const unlucky = Math.floor(random() * SENDERS);
      senders[unlucky]?.kill('SIGKILL');
      senders[unlucky] = startSender(machine);
    }
    await settled(machine);
  } finally {
    for (const sender of senders) sender.kill('SIGKILL');
  }
  return { readers, kills, ...(await judge(machine, ids, left)) };
}

/** Active readers, straight into the table: the form has tests of its own. */
async function enlist(count: number): Promise<string[]> {
  const { save } = await import('../lambdas/aws/subscribers');
  const { keys } = await import('../lambdas/aws/keys');
  const known = await keys();
  const readers = Array.from({ length: count }, (_, n): Subscriber => {
    const address = `reader${n}@example.org` as Address;
    const consent = { askedAt: '2025-01-01T00:00:00.000Z', confirmedAt: '2025-01-01T00:00:00.000Z' };
    return {
      subscriberId: subscriberIdOf(address, known),
      address,
      status: 'active',
      cadence: 'weekly',
      consent,
      revision: 1,
    };
  });
  for (let n = 0; n < count; n += 50)
    await Promise.all(readers.slice(n, n + 50).map((reader) => save(reader, undefined)));
  return readers.map(({ subscriberId }) => subscriberId);
}

const startSender = ({ environment }: Machine): ChildProcess =>
  fork(join(__dirname, 'soak-sender.ts'), {
    env: { ...process.env, ...environment, AWS_LAMBDA_LOG_LEVEL: 'ERROR' },
    execArgv: ['--import', 'tsx'],
  });

async function leave(machine: Machine, subscriberId: string, left: Map<string, number>): Promise<void> {
  const { keys } = await import('../lambdas/aws/keys');
  const answer = await fetch(`${machine.site}/unsubscribe/${sign(await keys(), 'one-click', subscriberId)}`, {
    method: 'POST',
  });
  if (!answer.ok) throw new Error(`Can't leave: ${answer.status}`);
  left.set(subscriberId, Date.now());
}

async function settled(machine: Machine): Promise<void> {
  const end = Date.now() + LONGEST_MINUTES * 60_000;
  while (Date.now() < end) {
    const open = (await machine.invoke('settle-edition', { queuesWereLost: true })) as { done: boolean }[];
    if (open.every(({ done }) => done)) return;
    await pause(3_000);
  }
  console.log(`the edition was still open after ${LONGEST_MINUTES} minutes`);
}

async function judge(
  { mails }: Machine,
  ids: string[],
  left: Map<string, number>,
): Promise<Omit<Verdict, 'readers' | 'kills'>> {
  const accepted = new Map<string, number>();
  let afterUnsubscribe = 0;
  for await (const { tags, at } of storedMails(mails)) {
    const id = tags['subscriber'] ?? '';
    if (tags['edition'] !== EDITION) continue;
    accepted.set(id, (accepted.get(id) ?? 0) + 1);
    if (Date.parse(at) > (left.get(id) ?? Infinity) + IN_FLIGHT_MS) afterUnsubscribe++;
  }
  const rows = await ledger();
  const status = (id: string): Delivery['status'] | undefined => rows.get(id)?.status;
  const unknown = ids.filter((id) => status(id) === 'unknown').length;
  return {
    duplicates: [...accepted.values()].reduce((sum, count) => sum + count - 1, 0),
    missed: ids.filter(
      (id) => !accepted.has(id) && !['unknown', 'failed', 'skipped'].includes(status(id) ?? ''),
    ).length,
    unknown,
    resolved: 0, // by evidence, once SES's events are read
    parked: 0,
    afterUnsubscribe,
    booksClosed: unknown === 0 && ids.every((id) => status(id) !== undefined),
  };
}

async function ledger(): Promise<Map<string, Delivery>> {
  const { accountsOf } = await import('../lambdas/aws/deliveries');
  const lanes = await Promise.all(shards.map((shard) => accountsOf({ editionId: EDITION, shard })));
  return new Map(
    lanes.flatMap((lane) =>
      [...lane].flatMap(([id, { delivery }]) => (delivery ? [[id, delivery] as const] : [])),
    ),
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
