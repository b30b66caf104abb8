/** How many messages lie in a queue. */
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { variable } from './environment';
import { sqs } from './sqs';

const Counts = z.object({
  ApproximateNumberOfMessages: z.coerce.number(),
  /** In somebody's hands. */
  ApproximateNumberOfMessagesNotVisible: z.coerce.number().default(0),
});

/** About, as SQS says; `urlVariable` is the environment variable that names the queue. */
export async function messagesIn(urlVariable: string): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: variable(urlVariable),
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  const counts = Counts.parse(Attributes);
  return counts.ApproximateNumberOfMessages + counts.ApproximateNumberOfMessagesNotVisible;
}
