/** The one way a mail leaves: a raw message to one address, tried once, its answer put into a word. */
import { setTimeout as pause } from 'node:timers/promises';
import { SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses';
import type { Address } from '../core/address';
import { classify, type Answer, type Outcome } from '../core/delivery';
import { variable } from './environment';

/**
 * No retries in the client: it would repeat a call whose answer got lost, and the reader would get the mail twice.
 * The time limits end a call that hangs well before the lane's lease does.
 */
export const ses = new SESClient({
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
});

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
  return classify(await ses.send(command).then(answered, failed));
}

const PATIENCE = 6;

/** For a mail that somebody waits for: where SES only asks to slow down, it is asked again for some seconds. */
export async function sendPatiently(outgoing: Outgoing): Promise<Outcome> {
  let outcome = await send(outgoing);
  for (let attempt = 1; outcome.outcome === 'throttled' && attempt < PATIENCE; attempt++) {
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
