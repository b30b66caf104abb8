/** A queue that opens a handler, and the dead letters behind it: messages that nobody could settle. */
import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type QueueName, queues } from '../lambdas/triggers';
import type { Usable } from './rights';

const kept = {
  // For both, since among the dead letters a message goes on ageing from the day it was first sent.
  retentionPeriod: Duration.days(14),
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
};

export interface HandlerQueueProps<Name extends QueueName> {
  name: Name;
  /** Handlers at a time, at least two. */
  atOnce: number;
}

export class HandlerQueue<Name extends QueueName = QueueName> extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly usable: Record<Name | `${Name}/dead-letters`, Usable>;
  private readonly atOnce: number;

  constructor(scope: Construct, id: string, { name, atOnce }: HandlerQueueProps<Name>) {
    super(scope, id);
    const { visibilityTimeout, maxReceiveCount } = queues[name];
    this.atOnce = atOnce;
    this.deadLetters = new Queue(this, 'DeadLetters', kept);
    this.queue = new Queue(this, 'Queue', {
      ...kept,
      visibilityTimeout: Duration.seconds(visibilityTimeout),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount },
    });
    this.usable = {
      [name]: usable(this.queue, `${name.toUpperCase()}_QUEUE_URL`),
      [`${name}/dead-letters`]: usable(this.deadLetters, `${name.toUpperCase()}_DEAD_LETTERS_URL`),
    } as typeof this.usable;
  }

  /** Opens a handler with batches of messages; the event source brings the rights to take them. */
  open(handler: IFunction, batchSize: number): void {
    handler.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize,
        maxConcurrency: this.atOnce,
        reportBatchItemFailures: true,
      }),
    );
  }
}

const usable = (queue: Queue, name: string): Usable => ({
  service: 'sqs',
  arns: [queue.queueArn],
  variable: { name, value: queue.queueUrl },
});
