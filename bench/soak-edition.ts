/** The edition of a soak: built, settled again and again until its books close, and read back. */
import * as z from 'zod';
import type { Books } from '../lambdas/core/books';
import type { Delivery } from '../lambdas/core/delivery';
import { shards } from '../lambdas/core/identity';
import { call } from '../local/aws-json';
import type { Machine } from '../local/machine';
import { pause } from './faults-dynamodb';
import type { Events } from './faults-events';
import { GRACE_MINUTES, VISIBILITY_SECONDS } from './soak-times';

export const EDITION = 'weekly-2025-W11';
const SCHEDULED = '2025-03-17T07:00:00.000Z';

/** Milliseconds between two runs of settle-edition; in earnest fifteen minutes. */
const ROUND = 1_000;

type Queue = 'LANES' | 'FEEDBACK';

const sqs = <Answer extends z.ZodType>(
  { environment }: Machine,
  action: string,
  url: string,
  input: object,
  answer: Answer,
): Promise<z.infer<Answer>> =>
  call(
    environment['AWS_ENDPOINT_URL_SQS'] ?? '',
    `AmazonSQS.${action}`,
    { ...input, QueueUrl: environment[url] },
    answer,
  );

/** Short visibility, and a message in each queue that nobody can read. */
export async function prepareQueues(machine: Machine): Promise<void> {
  for (const queue of ['LANES', 'FEEDBACK'] as const) {
    const Attributes = { VisibilityTimeout: String(VISIBILITY_SECONDS) };
    await sqs(machine, 'SetQueueAttributes', `${queue}_QUEUE_URL`, { Attributes }, z.unknown());
    await sqs(machine, 'SendMessage', `${queue}_QUEUE_URL`, { MessageBody: '{"poison":' }, z.unknown());
  }
}

/** Messages to a queue, as EventBridge puts SES's events there. */
export async function put(machine: Machine, queue: Queue, bodies: readonly object[]): Promise<void> {
  const Entries = bodies.map((body, n) => ({ Id: String(n), MessageBody: JSON.stringify(body) }));
  await sqs(machine, 'SendMessageBatch', `${queue}_QUEUE_URL`, { Entries }, z.unknown());
}

const Counts = z.object({
  Attributes: z.object({
    ApproximateNumberOfMessages: z.coerce.number(),
    ApproximateNumberOfMessagesNotVisible: z.coerce.number(),
  }),
});

/** Whether no message waits or is at work; one that is delayed for minutes is not waited for. */
async function isIdle(machine: Machine, url: string): Promise<boolean> {
  const { Attributes: counts } = await sqs(
    machine,
    'GetQueueAttributes',
    url,
    { AttributeNames: ['All'] },
    Counts,
  );
  return counts.ApproximateNumberOfMessages + counts.ApproximateNumberOfMessagesNotVisible === 0;
}

/** How many queues have dead letters. */
export async function buried(machine: Machine): Promise<number> {
  const idle = ['LANES', 'FEEDBACK'].map((queue) => isIdle(machine, `${queue}_DEAD_LETTERS_URL`));
  return (await Promise.all(idle)).filter((one) => !one).length;
}

/** Faults of the far ends may stop a builder; the next one goes on. */
export async function build(machine: Machine): Promise<void> {
  await machine.invoke('ingest-papers', {});
  await machine.invoke('build-digest', { cadence: 'weekly', scheduledTime: SCHEDULED });
}

/**
 * Runs settle-edition until the edition is done. Only while events are on time: that they come before the grace is over is
 * what the design assumes, and a slow machine must not break it.
 */
export async function settleUntilDone(machine: Machine, events: Events, end: number): Promise<boolean> {
  const { find } = await import('../lambdas/aws/editions');
  while (Date.now() < end) {
    await pause(ROUND);
    if (events.lag() > (GRACE_MINUTES * 60_000) / 2) continue;
    try {
      const queuesWereLost = await isIdle(machine, 'LANES_QUEUE_URL');
      await machine.invoke('settle-edition', { queuesWereLost });
      const edition = await find(EDITION);
      if (edition?.status === 'paused') throw new Error(`The edition was paused: ${edition.reason}`);
      if (edition?.status === 'done') return true;
    } catch (error) {
      console.log(`settle-edition: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return false;
}

/** What the ledger says, by subscriber. */
export async function ledger(): Promise<Map<string, Delivery>> {
  const { accountsOf } = await import('../lambdas/aws/deliveries');
  const rows = new Map<string, Delivery>();
  for (const shard of shards)
    for (const [id, { delivery }] of await accountsOf({ editionId: EDITION, shard }))
      if (delivery) rows.set(id, delivery);
  return rows;
}

/** The edition's report. */
export async function booksOf(): Promise<Books | undefined> {
  const { find } = await import('../lambdas/aws/editions');
  return (await find(EDITION))?.books;
}
