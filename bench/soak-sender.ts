/** One sender of the soak: a process that polls the lanes until it is killed. */
import { handler } from '../lambdas/send-digest';
import { queues } from '../lambdas/triggers';
import { startPoller } from '../local/poller';

const sqsUrl = process.env['AWS_ENDPOINT_URL_SQS'] ?? '';
const queueUrl = process.env['LANES_QUEUE_URL'] ?? '';

startPoller({
  sqsUrl,
  queueUrl,
  queue: 'lanes',
  batchSize: 1,
  visibilityTimeout: queues.lanes.visibilityTimeout,
  concurrency: 4,
  handle: handler,
});
