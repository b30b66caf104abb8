/** The queue of those who asked for a mail: their addresses stand in the messages, and in no log line. */
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Ask, Letter } from '../core/ask';
import { variable } from './environment';
import { sqs } from './sqs';

export async function enqueue(ask: Ask | Letter): Promise<void> {
  await sqs.send(
    new SendMessageCommand({ QueueUrl: variable('JOINS_QUEUE_URL'), MessageBody: JSON.stringify(ask) }),
  );
}
