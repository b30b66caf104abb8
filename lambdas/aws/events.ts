/** What opens a handler that isn't a page: a message of a queue, or a schedule. */
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { logFault } from './log';

/** How much longer this run may take, in milliseconds. */
export type TimeLeft = () => number;

/** A queue's handler: a message that can't be read or settled fails alone and, in the end, goes to the dead letters. */
export function messages<Shape extends z.ZodType>(
  shape: Shape,
  settle: (message: z.infer<Shape>, timeLeft: TimeLeft) => Promise<void>,
) {
  return async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const { body, messageId } of Records) {
      try {
        await settle(shape.parse(JSON.parse(body)), () => context.getRemainingTimeInMillis());
      } catch (error) {
        logFault('message.failed', error, { messageId });
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  };
}

/** When a run was due, by the schedule's own word: however late it comes, it means the same run. */
export const ScheduledTime = z.iso.datetime().transform((text) => new Date(text));

/** A schedule's handler: the event is what infra wrote into the schedule. */
export function scheduled<Shape extends z.ZodType, Result>(
  shape: Shape,
  run: (event: z.infer<Shape>) => Promise<Result>,
) {
  return (event: unknown): Promise<Result> => run(shape.parse(event));
}
