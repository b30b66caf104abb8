/** Between a queue and its handler, as Lambda's event source mapping does it: poll, invoke, delete what succeeded. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { lambdaContext } from './lambda-context';
import { countMessages, eventOf, type Message, type Queue, receive, remove } from './sqs-event';

export interface PollerOptions extends Queue {
  queue: string;
  /** Messages in one event, 1 to 10. */
  batchSize: number;
  /** Seconds the queue hides a received message; the handler has as long, then it counts as failed. */
  visibilityTimeout: number;
  handle: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse | void>;
  /** Handlers at once; 5 unless told, as Lambda starts. */
  concurrency?: number;
  /** Seconds close() waits for the handlers at work; 10 unless told. */
  closeWithin?: number;
}

export interface Poller {
  /** Takes no more messages and waits for the handlers at work, but not for ever. */
  close(): Promise<void>;
  /** Waits until the queue holds no message: none visible, none delayed, none at work or waiting to come back. */
  idle(): Promise<void>;
}

/**
 * The answers that Lambda reads: nothing, or the failures. Whatever else a handler returns fails the whole batch.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
const Answer = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() })
  .nullish();

const LATE = Symbol('late');

/** SQS gives no more messages at once. */
const MOST = 10;

/** Milliseconds between two looks at an empty queue. */
const REST = 100;

export function startPoller(options: PollerOptions): Poller {
  const atWork = new Set<Promise<void>>();
  const closing = new AbortController();
  const polling = poll(options, atWork, closing.signal);
  return {
    async close() {
      closing.abort();
      await within(
        options.closeWithin ?? 10,
        polling.then(() => Promise.all(atWork)),
      );
    },
    async idle() {
      while (atWork.size > 0 || (await countMessages(options)) > 0) {
        if (closing.signal.aborted)
          throw new Error(`Can't wait for the queue ${options.queue}: its poller is closed`);
        await sleep(50);
      }
    },
  };
}

async function poll(options: PollerOptions, atWork: Set<Promise<void>>, closing: AbortSignal): Promise<void> {
  const { batchSize, concurrency = 5 } = options;
  while (!closing.aborted) {
    if (atWork.size >= concurrency) await Promise.race(atWork);
    const messages = await receiveOrRest(options, batchSize * (concurrency - atWork.size));
    for (let n = 0; n < messages.length; n += batchSize) {
      const work: Promise<void> = invoke(options, messages.slice(n, n + batchSize)).finally(() =>
        atWork.delete(work),
      );
      atWork.add(work);
    }
  }
}

/** No more messages than handlers are free for. Lambda goes on polling when SQS does not answer. */
async function receiveOrRest(options: PollerOptions, atMost: number): Promise<Message[]> {
  try {
    const messages = await receive(options, Math.min(atMost, MOST));
    if (messages.length === 0) await sleep(REST);
    return messages;
  } catch (error) {
    console.error(`Can't receive from the queue ${options.queue}; trying again:`, error);
    await sleep(10 * REST);
    return [];
  }
}

/** Gives the messages to the handler and deletes those it does not report; the others come back when their time is over. */
async function invoke(options: PollerOptions, messages: Message[]): Promise<void> {
  try {
    const failed = await handle(options, messages);
    await remove(
      options,
      messages.filter((message) => !failed.has(message.MessageId)),
    );
  } catch (error) {
    console.error(`Messages of the queue ${options.queue} will come back, for their handler failed:`, error);
  }
}

async function handle(options: PollerOptions, messages: Message[]): Promise<Set<string>> {
  const { queue, visibilityTimeout } = options;
  const event = await eventOf(options, messages);
  const answer = await within(
    visibilityTimeout,
    options.handle(event, lambdaContext(queue, visibilityTimeout)),
  );
  if (answer === LATE) throw new Error(`Task timed out after ${visibilityTimeout} seconds`);
  const failures = Answer.parse(answer)?.batchItemFailures ?? [];
  const failed = new Set(failures.map((failure) => failure.itemIdentifier));
  const known = new Set(messages.map((message) => message.MessageId));
  if ([...failed].every((id) => known.has(id))) return failed;
  throw new Error('The handler reports a message that was not in its batch');
}

async function within<Value>(seconds: number, promise: Promise<Value>): Promise<Value | typeof LATE> {
  const answered = new AbortController();
  const late = sleep(seconds * 1000, LATE, { signal: answered.signal, ref: false });
  return await Promise.race([promise, late]).finally(() => answered.abort());
}
