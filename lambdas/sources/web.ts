/** GET, politely and within bounds of time, bytes and tries. Redirects, and with them a token, stay with their host. */
import { parseUrl } from '../core/url';
import { waitAsked } from './retry-after';

/** How a source is asked. */
export interface Manner {
  /** Who asks, for the far end's log: "Paperboy (+https://papers.example.org)". */
  agent: string;
  /** Sent as Bearer, and to no other host than the one that is asked. */
  token?: string | undefined;
  /** The least time between two requests, in milliseconds. */
  spacing: number;
  /** Milliseconds that may still pass. */
  timeLeft(): number;
  pause(ms: number): Promise<unknown>;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

/** Milliseconds for one request and its answer. */
const PATIENCE = 30_000;
/** Bytes: a feed of 2,000 papers has five million. */
const LARGEST = 12_000_000;
const REDIRECTS = 3;
/** Times it is asked at most while it is down, and while it wants to be asked later. */
const TRIES = { down: 3, busy: 5, hopeless: 1 };
/** Where it doesn't say how much later. */
const BUSY_MS = 30_000;

/** Asking again would bring the same. */
class Hopeless extends Error {}

interface Trouble {
  kind: keyof typeof TRIES;
  cause: unknown;
  /** Milliseconds before it may be asked again, where it says so. */
  wait?: number | undefined;
}

/**
 * The answer, whatever its status but for 408, 429 and 5xx: those are asked for again, as are answers that break off.
 * @throws Error with the reason when there is none to be had in the time left
 */
export async function get(url: string, manner: Manner): Promise<Answer> {
  const met = { down: 0, busy: 0, hopeless: 0 };
  for (;;) {
    const asked = await ask(url, manner);
    if ('status' in asked) return asked;
    const { kind, cause } = asked;
    met[kind] += 1;
    if (met[kind] >= TRIES[kind]) throw new Error(`Can't fetch ${url}`, { cause });
    const wait = Math.max(asked.wait ?? pauseAfter(met[kind]), manner.spacing);
    if (wait >= manner.timeLeft()) throw new Error(`Can't fetch ${url} in the time left`, { cause });
    await manner.pause(wait);
  }
}

/** A second, then two, each half to one and a half times as long, so that not all who were cut off come back at once. */
const pauseAfter = (failures: number): number => 1_000 * failures * (0.5 + Math.random());

async function ask(url: string, manner: Manner): Promise<Answer | Trouble> {
  const patience = Math.min(PATIENCE, manner.timeLeft());
  if (patience <= 0) return { kind: 'hopeless', cause: new Error('no time is left') };
  try {
    const response = await follow(new URL(url), manner, AbortSignal.timeout(Math.ceil(patience)));
    const { status, headers } = response;
    const text = await read(response);
    if (status < 500 && status !== 408 && status !== 429) return { status, headers, text };
    const cause = new Error(`it answers ${status}`);
    const wait = waitAsked(headers) ?? (status === 429 ? BUSY_MS : undefined);
    return wait === undefined
      ? { kind: 'down', cause }
      : { kind: 'busy', cause, wait: Math.max(wait, 1_000) };
  } catch (cause) {
    return { kind: cause instanceof Hopeless ? 'hopeless' : 'down', cause };
  }
}

async function follow(url: URL, manner: Manner, signal: AbortSignal, redirects = 0): Promise<Response> {
  const { agent, token } = manner;
  const headers = { 'user-agent': agent, ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(url, { redirect: 'manual', headers, signal });
  const location = response.headers.get('location');
  if (response.status < 300 || response.status > 399 || !location) return response;
  await response.body?.cancel();
  const next = sameOrigin(location, url);
  if (!next || redirects === REDIRECTS) throw new Hopeless('it redirects elsewhere or without end');
  return follow(next, manner, signal, redirects + 1);
}

export const refusal = (url: string, { status }: Answer): Error =>
  new Error(`Can't fetch ${url}`, { cause: new Error(`it answers ${status}`) });

/** An address that an answer names, if it is at the same host, port and protocol as the one that was asked. */
export function sameOrigin(address: string, asked: URL): URL | undefined {
  const url = parseUrl(address, asked);
  return url?.origin === asked.origin ? url : undefined;
}

/** Bytes are counted as they come, unpacked: what is longer is left where it is. */
async function read({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > LARGEST) throw new Hopeless(`it answers more than ${LARGEST} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
