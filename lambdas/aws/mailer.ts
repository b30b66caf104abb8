/** The one way a mail leaves: a raw message to one address, tried once, its answer put into a word. */
import { setTimeout as pause } from 'node:timers/promises';
import { SESClient } from '@aws-sdk/client-ses';
import type { Address } from '../core/address';
import { classify, type Answer, type Outcome } from '../core/delivery';
import { variable } from './environment';
import { sendRawEmail } from './raw-email';

/** Asks for the quota; and its endpoint, region and credentials are those that mails go out with. */
export const ses = new SESClient({ requestHandler: { connectionTimeout: 5_000 } });
/** Milliseconds after which a call that hangs is ended, answer and all. */
const CALL_MS = 20_000;

export interface Outgoing {
  to: Address;
  /** The whole message, headers and body, ASCII with CRLF. */
  raw: string;
  /** Ids only: they come back with the events. */
  tags: Record<string, string>;
}

/**
 * Sends once: a call whose answer got lost and that is repeated gives the reader the mail twice. Every fault becomes an
 * outcome; nothing is thrown. `longest` in milliseconds.
 */
export async function send({ to, raw, tags }: Outgoing, longest = CALL_MS): Promise<Outcome> {
  const email = { to, raw, tags, configurationSet: variable('CONFIGURATION_SET') };
  return classify(await sendRawEmail(ses.config, email, longest).catch(failed), to);
}

/** Milliseconds: a page that waits has 29 seconds, and one call may take twenty. */
const PATIENCE_MS = 6_000;

/** For a mail that somebody waits for, and that does no harm twice: tried again for some seconds. */
export async function sendPatiently(outgoing: Outgoing): Promise<Outcome> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const outcome = await send(outgoing);
    const passing = outcome.outcome === 'throttled' || outcome.outcome === 'unknown';
    if (!passing || performance.now() > end) return outcome;
    await pause(300 + Math.random() * 900);
  }
}

function failed(error: unknown): Answer {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { error: { name, message } };
}
