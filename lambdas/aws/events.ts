/** What opens a handler that isn't a page: a message of a queue, or a schedule. */
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { english } from '../core/english';
import { queues, type QueueName } from '../triggers';
import { sendToDeadLetters } from './dead-letters';
import { logFault } from './log';

/** How much longer this run may take, in milliseconds. */
export type TimeLeft = () => number;

/**
 * A queue's handler. A message that can't be read, or that failed as often as the queue allows, goes to the dead letters
 * with its reason; any other that fails comes back. The messages of a batch go at once, and none stops another.
 */
export function messages<Shape extends z.ZodMiniType>(
  queue: QueueName,
  shape: Shape,
  settle: (message: z.infer<Shape>, timeLeft: TimeLeft) => Promise<unknown>,
) {
  return async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const settleOne = async (record: SQSRecord): Promise<SQSBatchResponse['batchItemFailures']> => {
      try {
        await settle(read(shape, record.body), () => context.getRemainingTimeInMillis());
      } catch (error) {
        const { messageId } = record;
        logFault('message.failed', error, { queue, messageId });
        if (!(await bury(queue, record, error))) return [{ itemIdentifier: messageId }];
      }
      return [];
    };
    return { batchItemFailures: (await Promise.all(Records.map(settleOne))).flat() };
  };
}

/** Trying again would not help. */
class Poison extends Error {}

function read<Shape extends z.ZodMiniType>(shape: Shape, body: string): z.infer<Shape> {
  try {
    return shape.parse(JSON.parse(body), { error: english });
  } catch (cause) {
    throw new Poison("Can't read the message", { cause });
  }
}

/** Says whether the message lies with the dead letters now; where even that fails, it comes back. */
async function bury(queue: QueueName, { body, attributes }: SQSRecord, error: unknown): Promise<boolean> {
  const last = Number(attributes?.ApproximateReceiveCount ?? 0) >= queues[queue].maxReceiveCount;
  if (!last && !(error instanceof Poison)) return false;
  try {
    await sendToDeadLetters(queue, body, reasonOf(error));
    return true;
  } catch (fault) {
    logFault('message.unburied', fault, { queue });
    return false;
  }
}

const reasonOf = (error: unknown): string => {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
};

/** When a run was due, by the schedule's own word: however late it comes, it means the same run. */
export const ScheduledTime = z.pipe(
  z.iso.datetime(),
  z.transform((text) => new Date(text)),
);

/** A schedule's handler: the event is what infra wrote into the schedule. */
export function scheduled<Shape extends z.ZodMiniType, Result>(
  shape: Shape,
  run: (event: z.infer<Shape>, timeLeft: TimeLeft) => Promise<Result>,
) {
  return (event: unknown, context: Context): Promise<Result> =>
    run(shape.parse(event, { error: english }), () => context.getRemainingTimeInMillis());
}
