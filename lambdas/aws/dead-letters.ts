/** Dead letters: messages that nobody could settle, each with the reason, until the operator sends them on again. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type Message,
} from '@aws-sdk/client-sqs';
import { type QueueName, queues } from '../triggers';
import { variable } from './environment';
import { messagesIn } from './queue-length';
import { sqs } from './sqs';

/** Characters: SQS counts attributes to the size of the message. */
const LONGEST_REASON = 1_000;

export const deadLettersUrl = (queue: QueueName): string =>
  variable(`${queue.toUpperCase()}_DEAD_LETTERS_URL`);

export async function sendToDeadLetters(queue: QueueName, body: string, reason: string): Promise<void> {
  // SQS takes printable characters only
  const StringValue = reason.replace(/[^\x20-\x7e]/g, ' ').slice(0, LONGEST_REASON) || 'no reason';
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: deadLettersUrl(queue),
      MessageBody: body,
      MessageAttributes: { reason: { DataType: 'String', StringValue } },
    }),
  );
}

/** By the queue that they were meant for. */
export async function countDeadLetters(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const queue of Object.keys(queues) as QueueName[])
    counts[queue] = await messagesIn(deadLettersUrl(queue));
  return counts;
}

export interface DeadLetter {
  body: string;
  /** SQS moves some itself, without a reason. */
  reason: string;
  /** Epoch milliseconds. */
  sentAt: number;
  receipt: string;
}

/** Some of the dead letters, up to ten; they are hidden from other lookers for a while. */
export async function look(queue: QueueName, hideSeconds: number): Promise<DeadLetter[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: deadLettersUrl(queue),
      MaxNumberOfMessages: 10,
      VisibilityTimeout: hideSeconds,
      WaitTimeSeconds: 1,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['SentTimestamp'],
    }),
  );
  return Messages.map(letterOf);
}

const letterOf = ({ Body = '', MessageAttributes, Attributes, ReceiptHandle = '' }: Message): DeadLetter => ({
  body: Body,
  reason: MessageAttributes?.['reason']?.StringValue ?? 'failed too often',
  sentAt: Number(Attributes?.SentTimestamp ?? 0),
  receipt: ReceiptHandle,
});

/** Shows a letter to others again. */
export async function putBack(queue: QueueName, { receipt }: DeadLetter): Promise<void> {
  const message = { QueueUrl: deadLettersUrl(queue), ReceiptHandle: receipt };
  await sqs.send(new ChangeMessageVisibilityCommand({ ...message, VisibilityTimeout: 0 }));
}

/** Back into its queue, and only then out of the dead letters: twice is harmless, never is not. */
export async function redrive(queue: QueueName, { body, receipt }: DeadLetter): Promise<void> {
  const QueueUrl = variable(`${queue.toUpperCase()}_QUEUE_URL`);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLettersUrl(queue), ReceiptHandle: receipt }));
}
