/** The queue of an edition's lanes, and the dead letters behind it: lanes that failed again and again. */
import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { queues } from '../lambdas/triggers';
import type { Usable } from './rights';

/** At a time, and the least that SQS allows: it is SES's quota that sets the pace, not the number of senders. */
const SENDERS = 2;

export class Lanes extends Construct {
  readonly usable: Usable;
  private readonly queue: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const deadLetters = new Queue(this, 'DeadLetters', {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.queue = new Queue(this, 'Queue', {
      visibilityTimeout: Duration.seconds(queues.lanes.visibilityTimeout),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: queues.lanes.maxReceiveCount },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.usable = {
      service: 'sqs',
      arns: [this.queue.queueArn],
      variable: { name: 'LANES_QUEUE_URL', value: this.queue.queueUrl },
    };
  }

  /** Opens a handler with the queue's messages; the event source brings the rights to take them. */
  open(handler: IFunction, batchSize: number): void {
    handler.addEventSource(
      new SqsEventSource(this.queue, { batchSize, maxConcurrency: SENDERS, reportBatchItemFailures: true }),
    );
  }
}
