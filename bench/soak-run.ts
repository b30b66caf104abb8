/** One run of the soak: an edition between senders that die and far ends that fail, and the judge at the end. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shardOf } from '../lambdas/core/identity';
import { chance, type Chance } from './chance';
import { pause } from './faults-dynamodb';
import type { Kills } from './faults-kills';
import { judge, type Judgement } from './judge';
import { booksOf, buried, EDITION, ledger, settleUntilDone } from './soak-edition';
import { moveAbout } from './soak-readers';
import { startSender, type Sender } from './soak-senders';
import { setStage, type Choices, type Closing, type Stage } from './soak-stage';

/** Milliseconds between two stalls, on average. */
const STALLS = 15_000;

export interface Verdict extends Judgement {
  readers: number;
  kills: number;
  /** Deliveries that were ever unknown; of those, resolved by evidence, and parked. */
  unknown: number;
  resolved: number;
  parked: number;
  booksClosed: boolean;
  seed: number;
  seconds: number;
  stalls: number;
  /** Of two queues with a message that nobody can read, how many have it among their dead letters. */
  poison: number;
  /** Readers who left, and who joined, while it was sent. */
  leavers: number;
  newcomers: number;
  lostEvents: number;
  faults: Record<string, number>;
}

export async function soak(choices: Choices): Promise<Verdict> {
  const start = Date.now();
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-soak-'));
  const closing: Closing = [() => rm(folder, { recursive: true, force: true })];
  try {
    const stage = await setStage(choices, folder, closing);
    const stalls = await play(stage, choices, start + choices.seconds * 1000);
    return {
      ...(await verdict(stage)),
      stalls,
      seed: choices.seed,
      seconds: Math.round((Date.now() - start) / 1000),
    };
  } finally {
    for (const end of closing.toReversed()) await end();
  }
}

/** Until the edition is done, or the time is over; answers how many senders were stalled. */
async function play(
  { machine, readers, events, kills, watched, surroundings }: Stage,
  { seed }: Choices,
  end: number,
): Promise<number> {
  const over = new AbortController();
  const senders = [await startSender(surroundings), await startSender(surroundings)];
  const luck = chance(seed, 'next');
  const next = (): string | undefined => {
    const { after = '', upTo = '' } = watched.claimed() ?? {};
    const group = readers.ids.filter((id) => id > after && id <= upTo && shardOf(id) === shardOf(upTo));
    return group.length ? luck.pick(group) : undefined;
  };
  try {
    const trouble = [
      moveAbout(readers, { chance: chance(seed, 'readers'), next, signal: over.signal }),
      strike(kills, senders, over.signal),
      stall(senders, chance(seed, 'stalls'), over.signal),
    ] as const;
    await settleUntilDone(machine, events, end);
    over.abort();
    surroundings.percent = 0;
    const [, , stalls] = await Promise.all(trouble);
    return stalls;
  } finally {
    for (const sender of senders) await sender.close();
  }
}

async function strike(kills: Kills, senders: readonly Sender[], signal: AbortSignal): Promise<void> {
  for (; !signal.aborted; await pause(50)) kills.strike(senders);
  kills.strike(senders, true);
}

async function stall(senders: readonly Sender[], luck: Chance, signal: AbortSignal): Promise<number> {
  let stalls = 0;
  for (let due = Date.now() + luck.between(1_000, STALLS / 3); !signal.aborted; await pause(50)) {
    if (Date.now() < due) continue;
    stalls++;
    await luck.pick(senders).stall();
    due = Date.now() + luck.between(0, 2 * STALLS);
  }
  return stalls;
}

async function verdict({
  machine,
  readers,
  events,
  kills,
  watched,
  log,
}: Stage): Promise<Omit<Verdict, 'stalls' | 'seed' | 'seconds'>> {
  const books = await booksOf();
  const record = { mails: machine.mails, edition: EDITION };
  const { judgement, evidence } = await judge(record, readers, log, await ledger());
  for (const line of evidence) console.log(line);
  const { duplicates, missed, afterUnsubscribe, ...more } = judgement;
  return {
    readers: readers.ids.length,
    kills: kills.done(),
    duplicates,
    missed,
    unknown: watched.unknown.size,
    resolved: books?.resolved ?? 0,
    parked: books?.parked ?? 0,
    afterUnsubscribe,
    booksClosed: books?.closed ?? false,
    ...more,
    leavers: readers.leftAt.size,
    newcomers: readers.joined.size,
    lostEvents: events.lost(),
    poison: await buried(machine),
    faults: watched.faults,
  };
}
