/** The queue of those who get a mail by their own word: addresses stand in some messages, and in no log line. */
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Ask, Goodbye, Letter } from '../core/ask';
import { variable } from './environment';
import { sqs } from './sqs';

/** `longest` in milliseconds, tries included, where what waits for this is worth more than the message. */
export async function enqueue(ask: Ask | Letter | Goodbye, longest?: number): Promise<void> {
  await sqs.send(
    new SendMessageCommand({ QueueUrl: variable('JOINS_QUEUE_URL'), MessageBody: JSON.stringify(ask) }),
    longest === undefined ? {} : { abortSignal: AbortSignal.timeout(longest) },
  );
}
