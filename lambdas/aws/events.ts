/** What opens a handler that isn't a page: a message of a queue, or a schedule. */
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { Cadence } from '../core/settings';
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

const CadenceDue = z.object({ cadence: Cadence, scheduledTime: z.iso.datetime() });

/** A cadence's handler. The scheduled time comes with the event: however late it runs, it means the same edition. */
export function whenDue<Result>(run: (due: { cadence: Cadence; scheduledTime: Date }) => Promise<Result>) {
  return (event: unknown): Promise<Result> => {
    const { cadence, scheduledTime } = CadenceDue.parse(event);
    return run({ cadence, scheduledTime: new Date(scheduledTime) });
  };
}
