/** What the poller says to SQS, and the event that Lambda makes of the messages it gets. */
import type { SQSEvent, SQSMessageAttributes } from 'aws-lambda';
import * as z from 'zod';
import { call } from './aws-json';

const Attribute = z.object({
  DataType: z.string(),
  StringValue: z.string().optional(),
  BinaryValue: z.string().optional(),
});

const Message = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  MD5OfBody: z.string(),
  Attributes: z
    .object({
      ApproximateReceiveCount: z.string(),
      ApproximateFirstReceiveTimestamp: z.string(),
      SenderId: z.string(),
      SentTimestamp: z.string(),
    })
    .catchall(z.string()),
  MessageAttributes: z.record(z.string(), Attribute).default({}),
});
export type Message = z.infer<typeof Message>;

const Received = z.object({ Messages: z.array(Message).default([]) });
const Attributes = z.object({ Attributes: z.record(z.string(), z.string()) });

export interface Queue {
  sqsUrl: string;
  queueUrl: string;
}

/**
 * Takes what is there. Without a wait: local-aws-sqs would hold a first message back until the batch is full or the
 * wait is over, and give messages to a poll whose caller is gone.
 */
export async function receive({ sqsUrl, queueUrl }: Queue, atMost: number): Promise<Message[]> {
  const input = {
    QueueUrl: queueUrl,
    MaxNumberOfMessages: atMost,
    WaitTimeSeconds: 0,
    AttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  };
  return (await call(sqsUrl, 'AmazonSQS.ReceiveMessage', input, Received)).Messages;
}

export async function remove({ sqsUrl, queueUrl }: Queue, messages: Message[]): Promise<void> {
  for (const { ReceiptHandle } of messages) {
    await call(sqsUrl, 'AmazonSQS.DeleteMessage', { QueueUrl: queueUrl, ReceiptHandle }, z.unknown());
  }
}

/** All messages the queue still holds: visible, delayed, or hidden because a handler has them or left them. */
export async function countMessages(queue: Queue): Promise<number> {
  const {
    ApproximateNumberOfMessages,
    ApproximateNumberOfMessagesNotVisible,
    ApproximateNumberOfMessagesDelayed,
  } = await attributesOf(queue);
  return (
    Number(ApproximateNumberOfMessages) +
    Number(ApproximateNumberOfMessagesNotVisible) +
    Number(ApproximateNumberOfMessagesDelayed)
  );
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event */
export async function eventOf(queue: Queue, messages: Message[]): Promise<SQSEvent> {
  const arn = await arnOf(queue);
  return {
    Records: messages.map((message) => ({
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: message.Attributes,
      messageAttributes: attributesForLambda(message.MessageAttributes),
      md5OfBody: message.MD5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: arn,
      awsRegion: arn.split(':')[3] ?? '',
    })),
  };
}

/** Asked for once: a queue keeps its name. */
async function arnOf(queue: Queue): Promise<string> {
  const known = arns.get(queue.queueUrl) ?? (await attributesOf(queue)).QueueArn ?? '';
  arns.set(queue.queueUrl, known);
  return known;
}

const arns = new Map<string, string>();

async function attributesOf({ sqsUrl, queueUrl }: Queue): Promise<Partial<Record<string, string>>> {
  const input = { QueueUrl: queueUrl, AttributeNames: ['All'] };
  return (await call(sqsUrl, 'AmazonSQS.GetQueueAttributes', input, Attributes)).Attributes;
}

function attributesForLambda(attributes: Message['MessageAttributes']): SQSMessageAttributes {
  const entries = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    {
      dataType: DataType,
      stringValue: StringValue,
      binaryValue: BinaryValue,
      stringListValues: [],
      binaryListValues: [],
    },
  ]);
  return Object.fromEntries(entries) as SQSMessageAttributes;
}
