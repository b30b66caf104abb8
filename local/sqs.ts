/** SQS on this machine: local-aws-sqs with the queues of lambdas/triggers.ts, each with its dead letters; all in memory. */
import { createSqsServer } from 'local-aws-sqs';
import { type QueueName, queues } from '../lambdas/triggers';
import type { FarEnd } from './far-end';
import { close } from './loopback';

const account = '123456789012';
const region = 'us-east-1';

/** Fourteen days in seconds: as long as SQS keeps a message at all. */
const LONGEST = 14 * 86_400;

export interface Sqs extends FarEnd {
  queueUrls: Record<QueueName, string>;
  deadLetterUrls: Record<QueueName, string>;
}

/** Starts SQS on any free port. What is in the queues is gone when it closes. */
export async function startSqs(): Promise<Sqs> {
  const names = Object.keys(queues) as QueueName[];
  const server = await createSqsServer({
    port: 0,
    hostname: '127.0.0.1',
    region,
    accountId: account,
    // The dead letters come first: a queue may only point to one that exists.
    queues: [...names.map(deadLetterQueue), ...names.map(queue)],
  });
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error("Can't tell the port of the local SQS");
  const url = `http://127.0.0.1:${address.port}`;
  const urlsOf = (suffix: string) =>
    Object.fromEntries(names.map((name) => [name, `${url}/${account}/${name}${suffix}`])) as Sqs['queueUrls'];
  return { url, queueUrls: urlsOf(''), deadLetterUrls: urlsOf('-dead-letters'), close: () => close(server) };
}

const deadLetterQueue = (name: QueueName) => ({
  QueueName: `${name}-dead-letters`,
  Attributes: { MessageRetentionPeriod: LONGEST },
});

const queue = (name: QueueName) => ({
  QueueName: name,
  Attributes: {
    VisibilityTimeout: queues[name].visibilityTimeout,
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: `arn:aws:sqs:${region}:${account}:${name}-dead-letters`,
      maxReceiveCount: queues[name].maxReceiveCount,
    }),
  },
});
