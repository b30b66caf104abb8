/** One sender of the soak: a process that works on the lanes and on the feedback until it is killed. */
import { clockIsSet } from './soak-clock';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { handler as recordFeedback } from '../lambdas/record-feedback';
import { handler as sendDigest } from '../lambdas/send-digest';
import { startPoller } from '../local/poller';
import { HANDLER_SECONDS } from './soak-times';

if (!clockIsSet) throw new Error("Can't send by a clock that was not set");

const from = (variable: string): string => process.env[variable] ?? '';
const sqsUrl = from('SOAK_SQS_URL');
const visibilityTimeout = HANDLER_SECONDS;

startPoller({
  sqsUrl,
  queueUrl: from('SOAK_LANES_URL'),
  queue: 'lanes',
  batchSize: 1,
  visibilityTimeout,
  concurrency: 4,
  handle: sendDigest,
});

process.on('disconnect', () => process.exit()); // the soak is over

/** Tells the parent which events are settled, so that it knows how late they are. */
async function settle(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const answer = await recordFeedback(event, context);
  const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  const settled = event.Records.filter(({ messageId }) => !failed.has(messageId));
  process.send?.(settled.flatMap(({ body }) => /^\{"id":"([\w-]+)"/.exec(body)?.[1] ?? []));
  return answer;
}

startPoller({
  sqsUrl,
  queueUrl: from('SOAK_FEEDBACK_URL'),
  queue: 'feedback',
  batchSize: 10,
  visibilityTimeout,
  concurrency: 4,
  handle: settle,
});
