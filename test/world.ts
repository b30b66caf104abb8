/** One world for the tests of readers: the whole machine in a folder of its own, and the words to act in it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ParsedMail } from 'mailparser';
import type { Paper } from '../lambdas/core/paper';
import type { Keys } from '../lambdas/core/identity';
import type { Subscriber } from '../lambdas/core/subscriber';
import { sendEdition } from '../local/journey';
import { localNewsletter } from '../local/newsletter';
import { startMachine, type Machine, type MachineOptions } from '../local/machine';
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
  change: { newsletter?: Record<string, unknown>; ses?: MachineOptions['ses'] } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-test-'));
  const machine: Machine = await startMachine({
    folder,
    newsletter: await localNewsletter([], change.newsletter),
    sitePort: 0,
    inboxPort: 0,
    schedules: false,
    ...(change.ses && { ses: change.ses }),
  });
  // the environment is there only now
  const { find } = await import('../lambdas/aws/subscribers');
  const papers = await import('../lambdas/aws/papers');
  const { keys } = await import('../lambdas/aws/keys');
  const { subscriberIdOf } = await import('../lambdas/core/identity');

  const opens = async (path: string, init: RequestInit = {}): Promise<Answered> => {
    const answer = await fetch(new URL(path, machine.site), { redirect: 'manual', ...init });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const posts = (path: string, fields: Record<string, string>): Promise<Answered> =>
    opens(path, { method: 'POST', body: new URLSearchParams(fields) });

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
    subscribes: (address: string): Promise<Answered> => posts('/subscribe', { email: address }),
    /** Somebody who signed up and confirmed. */
    reader: (address: string): Promise<void> => becomeReader(machine, address),
    inboxOf: (address: string): Promise<ParsedMail[]> => inboxOf(machine, address),
    digestsOf: async (address: string): Promise<ParsedMail[]> =>
      (await inboxOf(machine, address)).filter((mail) => mail.headers.get('precedence') === 'bulk'),
    keys: (): Promise<Keys> => keys(),
    idOf: async (address: string): Promise<string> =>
      subscriberIdOf(address as Subscriber['address'], await keys()),
    subscriber: async (address: string): Promise<Subscriber | undefined> =>
      find(subscriberIdOf(address as Subscriber['address'], await keys())),
    /** Papers listed on a day, each with fewer upvotes than the one before. */
    papersOn: async (day: string, count: number): Promise<Paper[]> => {
      const listed = Array.from({ length: count }, (_, n) => aPaper(day, n, count - n));
      for (const paper of listed) await papers.save(paper);
      return listed;
    },
    sendsEdition: (week: string) => sendEdition(machine, week),
    close: async (): Promise<void> => {
      jest.useRealTimers();
      await machine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A made-up paper. */
export function aPaper(day: string, n: number, upvotes: number): Paper {
  const reading = { upvotes, at: `${day}T12:00:00.000Z` };
  const paperId = `${day.slice(2, 4)}${day.slice(5, 7)}.${String(Number(day.slice(8)) * 1000 + n).padStart(5, '0')}`;
  return {
    paperId,
    title: `Paper ${n + 1} of ${day}`,
    authors: ['Ada Lovelace', 'Alan Turing'],
    abstract: 'What was found, in a sentence.',
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
