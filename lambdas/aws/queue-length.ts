/** How many messages lie in a queue. */
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { variable } from './environment';
import { sqs } from './sqs';

const Counts = z.object({
  ApproximateNumberOfMessages: z.coerce.number(),
  /** In somebody's hands. */
  ApproximateNumberOfMessagesNotVisible: z._default(z.coerce.number(), 0),
});

/** Of runs by the clock that didn't start or failed; no queue of lambdas/triggers.ts. */
export const failedRunsUrl = (): string => variable('SCHEDULES_DEAD_LETTERS_URL');

/** About, as SQS says. */
export async function messagesIn(QueueUrl: string): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  const counts = Counts.parse(Attributes);
  return counts.ApproximateNumberOfMessages + counts.ApproximateNumberOfMessagesNotVisible;
}
