/** The loops that the sender is compared with: they send the same bytes, and keep no ledger. */
import { SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { createTransport } from 'nodemailer';
import type { Address } from '../lambdas/core/address';
import { send } from '../lambdas/aws/mailer';
import type { Skeleton } from '../lambdas/core/edition';
import { fill } from '../templates/slots';

export interface Copies {
  skeleton: Skeleton;
  count: number;
  smtpPort: number;
}

const TAGS = { edition: 'weekly-2025-W11', subscriber: 'A'.repeat(24), attempt: '1' };
/** As long as the real ones; signing them is the sender's own work. */
const TOKEN = `k1.${'A'.repeat(24)}.0.${'A'.repeat(24)}`;

const copyFor = (n: number, skeleton: Skeleton) => {
  const to = `reader${n}@example.org` as Address;
  return { to, raw: fill(skeleton, { to, 'one-click': TOKEN, unsubscribe: TOKEN, preferences: TOKEN }) };
};

/** Runs `work` for 0 to `count` - 1, so many at once. */
export async function inTurns(
  count: number,
  atOnce: number,
  work: (n: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const few = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, few));
}

let plain: SESClient | undefined;

/** The plain SDK, as anybody would write it. */
export function sendBare({ skeleton, count }: Copies, atOnce: number): Promise<void> {
  const client = (plain ??= new SESClient({ maxAttempts: 1 }));
  return inTurns(count, atOnce, async (n) => {
    const { to, raw } = copyFor(n, skeleton);
    const { MessageId } = await client.send(
      new SendRawEmailCommand({
        Destinations: [to],
        RawMessage: { Data: Buffer.from(raw, 'latin1') },
        ConfigurationSetName: 'paperboy',
        Tags: Object.entries(TAGS).map(([Name, Value]) => ({ Name, Value })),
      }),
    );
    if (!MessageId) throw new Error("Can't send: SES answered without an id");
  });
}

/** Our own way to SES, without the ledger. */
export const sendByMailer = ({ skeleton, count }: Copies, atOnce: number): Promise<void> =>
  inTurns(count, atOnce, async (n) => {
    const { outcome } = await send({ ...copyFor(n, skeleton), tags: TAGS });
    if (outcome !== 'accepted') throw new Error(`Can't send: ${outcome}`);
  });

let pool: ReturnType<typeof poolTo> | undefined;
const poolTo = (port: number, maxConnections: number) =>
  createTransport({
    pool: true,
    host: '127.0.0.1',
    port,
    secure: false,
    ignoreTLS: true,
    maxConnections,
    maxMessages: Number.MAX_SAFE_INTEGER,
  });

/** nodemailer's pool, which gets a finished message. */
export function sendByPool({ skeleton, count, smtpPort }: Copies, atOnce: number): Promise<void> {
  const transport = (pool ??= poolTo(smtpPort, atOnce));
  return inTurns(count, atOnce, async (n) => {
    const { to, raw } = copyFor(n, skeleton);
    await transport.sendMail({
      envelope: { from: 'digest@papers.example.org', to },
      raw: Buffer.from(raw, 'latin1'),
    });
  });
}
