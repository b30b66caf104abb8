/** One world for the tests of readers: the whole machine in a folder of its own, and the words to act in it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ParsedMail } from 'mailparser';
import type { Address } from '../lambdas/core/address';
import { periodOfWeek, type Week } from '../lambdas/core/calendar';
import type { Delivery } from '../lambdas/core/delivery';
import type { Paper } from '../lambdas/core/paper';
import type { Keys } from '../lambdas/core/identity';
import type { Subscriber } from '../lambdas/core/subscriber';
import { sendEdition } from '../local/journey';
import { localNewsletter } from '../local/newsletter';
import { startMachine, type Machine, type MachineOptions } from '../local/machine';
import { passingEmptyLanes } from './empty-lanes';
import { mailsOf } from '../local/mailbox';
import { becomeReader, inboxOf } from '../local/reader';

export interface Answered {
  status: number;
  headers: Headers;
  text: string;
}

export type World = Awaited<ReturnType<typeof startWorld>>;

/** Only dates are made up; timers stay real, since real servers run on them. */
export function freezeDate(now: string): void {
  jest.useFakeTimers({
    now: new Date(now),
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
}

export async function startWorld(
  change: {
    newsletter?: Record<string, unknown>;
    keys?: Keys;
    /** Lanes without readers are walked as well: what tests of sending are about. */
    everyLane?: boolean;
  } & Pick<MachineOptions, 'ses' | 'queues'> = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-test-'));
  if (change.keys) await writeFile(join(folder, 'keys.json'), JSON.stringify(change.keys));
  const machine: Machine = await startMachine({
    folder,
    newsletter: await localNewsletter([], change.newsletter),
    sitePort: 0,
    inboxPort: 0,
    schedules: false,
    inMemory: true,
    ...(!change.everyLane && { run: passingEmptyLanes() }),
    ...(change.ses && { ses: change.ses }),
    ...(change.queues !== undefined && { queues: change.queues }),
  });
  // the environment is there only now
  const subscribers = await import('../lambdas/aws/subscribers');
  const deliveries = await import('../lambdas/aws/deliveries');
  const papers = await import('../lambdas/aws/papers');
  const { keys } = await import('../lambdas/aws/keys');
  const { shardOf, subscriberIdOf } = await import('../lambdas/core/identity');
  let weeks = 10;

  const opens = async (path: string, init: RequestInit = {}): Promise<Answered> => {
    const answer = await fetch(new URL(path, machine.site), { redirect: 'manual', ...init });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const posts = (path: string, fields: Record<string, string>): Promise<Answered> =>
    opens(path, { method: 'POST', body: new URLSearchParams(fields) });
  const idOf = async (address: string): Promise<string> => subscriberIdOf(address as Address, await keys());
  /** Readers put straight into the table; the form is tested elsewhere. */
  const enlists = async (
    addresses: readonly string[],
    status: Subscriber['status'] = 'active',
  ): Promise<void> => {
    const askedAt = '2025-01-01T00:00:00.000Z';
    const consent = { askedAt, ...(status === 'active' && { confirmedAt: askedAt }) };
    const like = { status, cadence: 'weekly', consent, revision: 1 } as const;
    for (const address of addresses as Address[])
      await subscribers.save({ ...like, address, subscriberId: await idOf(address) }, undefined);
  };
  const papersOn = async (day: string, count: number): Promise<Paper[]> => {
    const listed = Array.from({ length: count }, (_, n) => aPaper(day, n, count - n));
    for (const paper of listed) await papers.save(paper);
    return listed;
  };

  return {
    machine,
    opens,
    posts,
    postsJson: (path: string, body: unknown): Promise<Answered> =>
      opens(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    /** The form is sent, and whatever mail comes of it has come. */
    subscribes: async (
      address: string,
      asked: { search?: string; cadence?: string } = {},
    ): Promise<Answered> => {
      const answer = await posts('/subscribe', { email: address, ...asked });
      await machine.idle();
      return answer;
    },
    /** Somebody who signed up and confirmed. */
    reader: (address: string): Promise<void> => becomeReader(machine, address),
    inboxOf: (address: string): Promise<ParsedMail[]> => inboxOf(machine, address),
    digestsOf: async (address: string): Promise<ParsedMail[]> =>
      (await inboxOf(machine, address)).filter((mail) => mail.headers.get('precedence') === 'bulk'),
    keys: (): Promise<Keys> => keys(),
    idOf,
    subscriber: async (address: string): Promise<Subscriber | undefined> =>
      subscribers.find(await idOf(address)),
    enlists,
    /** Readers who are all in one lane, found by trying names; in the order in which the lane is walked. */
    matesIn: async (
      shard: string,
      count: number,
      { name = 'reader', status }: { name?: string; status?: Subscriber['status'] } = {},
    ): Promise<string[]> => {
      const found = new Map<string, string>();
      for (let n = 0; found.size < count; n++) {
        const address = `${name}${n}@example.org`;
        const id = await idOf(address);
        if (shardOf(id) === shard) found.set(id, address);
      }
      const mates = [...found.keys()].toSorted().map((id) => found.get(id) ?? '');
      await enlists(mates, status);
      return mates;
    },
    /** Papers listed on a day, each with fewer upvotes than the one before. */
    papersOn,
    /** A week of its own, with papers, so that each test can have an edition of its own. */
    weekWithPapers: async (): Promise<Week> => {
      const week = `2025-W${++weeks}`;
      await papersOn(periodOfWeek(week).from, 3);
      return week;
    },
    rowOf: async (editionId: string, address: string): Promise<Delivery | undefined> => {
      const subscriberId = await idOf(address);
      return deliveries.find({ editionId, shard: shardOf(subscriberId) }, subscriberId);
    },
    /** How many mails of an edition each of these has. */
    copiesOf: async (editionId: string, addresses: readonly string[]): Promise<number[]> => {
      const mails = (await mailsOf(machine.mails)).filter(({ tags }) => tags['edition'] === editionId);
      return addresses.map((address) => mails.filter(({ to }) => to.includes(address)).length);
    },
    /** A handler of a queue hears messages, as the queue would hand them over: text, or what becomes JSON. */
    hears: (
      handler: 'invite' | 'record-feedback' | 'send-digest',
      ...messages: unknown[]
    ): Promise<unknown> =>
      machine.invoke(handler, {
        Records: messages.map((message, n) => ({
          messageId: `m${n}`,
          body: typeof message === 'string' ? message : JSON.stringify(message),
        })),
      }),
    sendsEdition: (week: string) => sendEdition(machine, week),
    close: async (): Promise<void> => {
      jest.useRealTimers();
      await machine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Words that no other paper has, so that each is of a topic of its own. */
const wordsOf = (n: number): string =>
  Array.from(
    { length: 12 },
    (_, m) => `word${String.fromCharCode(97 + (n % 26), 97 + Math.floor(n / 26), 97 + m)}`,
  ).join(' ');

/** A made-up paper. */
export function aPaper(day: string, n: number, upvotes: number): Paper {
  const reading = { upvotes, at: `${day}T12:00:00.000Z` };
  const paperId = `${day.slice(2, 4)}${day.slice(5, 7)}.${String(Number(day.slice(8)) * 1000 + n).padStart(5, '0')}`;
  return {
    paperId,
    title: `Paper ${n + 1} of ${day}`,
    authors: ['Ada Lovelace', 'Alan Turing'],
    abstract: `${wordsOf(n)}.`,
    listedOn: day,
    first: reading,
    last: reading,
    links: { paper: `https://arxiv.org/abs/${paperId}` },
    source: 'test',
  };
}

/** The token in a link of a mail. */
export const tokenIn = (url: string): string =>
  new URL(url).searchParams.get('token') ?? new URL(url).pathname.split('/').at(-1) ?? '';
