/** The one way a mail leaves: a raw message to one address, tried once, its answer put into a word. */
import { setTimeout as pause } from 'node:timers/promises';
import { SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses';
import type { Address } from '../core/address';
import { classify, type Answer, type Outcome } from '../core/delivery';
import { variable } from './environment';

/**
 * No retries in the client: it would repeat a call whose answer got lost, and the reader would get the mail twice.
 * A kept connection is dropped after two idle seconds, or one that died while Lambda slept would cost a reader the mail.
 */
export const ses = new SESClient({
  maxAttempts: 1,
  requestHandler: {
    connectionTimeout: 5_000,
    httpsAgent: { keepAlive: true, maxSockets: 50, timeout: 2_000 },
  },
});
/** Ends a call that hangs, answer and all, well before the lane's lease does. */
const CALL_MS = 20_000;

export interface Outgoing {
  to: Address;
  /** The whole message, headers and body, ASCII with CRLF. */
  raw: string;
  /** Ids only: they come back with the events. */
  tags: Record<string, string>;
}

/** Sends once. Every fault becomes an outcome; nothing is thrown. */
export async function send({ to, raw, tags }: Outgoing): Promise<Outcome> {
  const command = new SendRawEmailCommand({
    Destinations: [to],
    RawMessage: { Data: Buffer.from(raw, 'latin1') },
    ConfigurationSetName: variable('CONFIGURATION_SET'),
    Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
  });
  return classify(
    await ses.send(command, { abortSignal: AbortSignal.timeout(CALL_MS) }).then(answered, failed),
    to,
  );
}

const PATIENCE = 6;

/** For a mail that somebody waits for, and that does no harm twice: tried again for some seconds. */
export async function sendPatiently(outgoing: Outgoing): Promise<Outcome> {
  let outcome = await send(outgoing);
  for (
    let attempt = 1;
    (outcome.outcome === 'throttled' || outcome.outcome === 'unknown') && attempt < PATIENCE;
    attempt++
  ) {
    await pause(300 + Math.random() * 900);
    outcome = await send(outgoing);
  }
  return outcome;
}

const answered = ({ MessageId }: { MessageId?: string | undefined }): Answer => ({ messageId: MessageId });

function failed(error: unknown): Answer {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return { error: { name, message, status } };
}
