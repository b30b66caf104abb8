/** The queues of the model test, worked by hand: each message is given to its handler when the test says so. */
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import * as deadLetters from '../../lambdas/aws/dead-letters';
import { variable } from '../../lambdas/aws/environment';
import { LaneMessage } from '../../lambdas/core/edition';
import { handler as invite } from '../../lambdas/invite';
import { handler as recordFeedback } from '../../lambdas/record-feedback';
import { handler as sendDigest } from '../../lambdas/send-digest';
import { lambdaContext } from '../../local/lambda-context';
import { call } from '../../local/aws-json';
import { receive, type Message, type Queue } from '../../local/sqs-event';

const records = (bodies: readonly object[], receives: number) => ({
  Records: bodies.map(
    (body, n) =>
      ({
        messageId: `m${n}`,
        body: JSON.stringify(body),
        attributes: { ApproximateReceiveCount: String(receives) },
      }) as never,
  ),
});

/** `receives`: how often the queue has handed the message out by now. */
export const sends = (message: LaneMessage, receives = 1) =>
  sendDigest(records([message], receives), lambdaContext('send-digest', 300));

/** In good order. */
export async function works(message: LaneMessage): Promise<void> {
  expect(await sends(message)).toEqual({ batchItemFailures: [] });
}

/** Events of SES, ten at a time. */
export async function hears(events: readonly object[]): Promise<void> {
  for (let n = 0; n < events.length; n += 10) {
    const some = records(events.slice(n, n + 10), 1);
    expect(await recordFeedback(some, lambdaContext('record-feedback', 30))).toEqual({
      batchItemFailures: [],
    });
  }
}

/** Works off the queue of lanes, or throws away what is in it. */
export async function drain(settle: (message: LaneMessage) => Promise<void> = works): Promise<void> {
  const messages = await receiveSome('LANES_QUEUE_URL');
  if (!messages.length) return;
  for (const { Body } of messages) await settle(LaneMessage.parse(JSON.parse(Body)));
  await remove('LANES_QUEUE_URL', messages);
  await drain(settle);
}

/** Handles the message of the person who just asked to join. On a busy machine the local SQS may deliver it late. */
export async function invites(): Promise<void> {
  let messages = await receive(queue('JOINS_QUEUE_URL'), 1);
  for (let tries = 0; messages.length === 0 && tries < 500; tries++) {
    await pause(20);
    messages = await receive(queue('JOINS_QUEUE_URL'), 1);
  }
  const asked = messages.map(({ Body }) => JSON.parse(Body) as object);
  expect(asked).toHaveLength(1);
  expect(await invite(records(asked, 1), lambdaContext('invite', 30))).toEqual({ batchItemFailures: [] });
  await remove('JOINS_QUEUE_URL', messages);
}

/** Removes what an unfinished life left behind, so that the next one starts with an empty queue. */
export async function forgetJoins(): Promise<void> {
  for (
    let some = await receiveSome('JOINS_QUEUE_URL');
    some.length;
    some = await receiveSome('JOINS_QUEUE_URL')
  )
    await remove('JOINS_QUEUE_URL', some);
}

/** The operator sends all dead letters on; answers how many there were. */
export async function redrive(): Promise<number> {
  const letters = await receiveSome('LANES_DEAD_LETTERS_URL');
  for (const { Body: body, ReceiptHandle: receipt } of letters)
    await deadLetters.redrive('lanes', { body, receipt, reason: '', sentAt: 0 });
  await drain();
  return letters.length && letters.length + (await redrive());
}

const queue = (name: string): Queue => ({
  sqsUrl: variable('AWS_ENDPOINT_URL_SQS'),
  queueUrl: variable(name),
});

const Attributes = z.object({ Attributes: z.object({ ApproximateNumberOfMessages: z.coerce.number() }) });

/** No more than there are: the local SQS waits a while for a batch to be full. */
async function receiveSome(name: string): Promise<Message[]> {
  const { sqsUrl, queueUrl } = queue(name);
  const input = { QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessages'] };
  const { Attributes: there } = await call(sqsUrl, 'AmazonSQS.GetQueueAttributes', input, Attributes);
  const count = Math.min(10, there.ApproximateNumberOfMessages);
  return count ? receive({ sqsUrl, queueUrl }, count) : [];
}

/** All at once: there are 64 of them in every edition. */
async function remove(name: string, messages: readonly Message[]): Promise<void> {
  const { sqsUrl, queueUrl } = queue(name);
  const Entries = messages.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }));
  await call(sqsUrl, 'AmazonSQS.DeleteMessageBatch', { QueueUrl: queueUrl, Entries }, z.unknown());
}
