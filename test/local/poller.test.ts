import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Context, SQSEvent } from 'aws-lambda';
import { close, listen } from '../../local/loopback';
import { type Poller, type PollerOptions, startPoller } from '../../local/poller';
import { type Sqs, startSqs } from '../../local/sqs';

let sqs: Sqs;
let client: SQSClient;
let queueUrl: string;
let deadLetters: string;
let poller: Poller | undefined;
let log: jest.SpyInstance;

/** The handler's answers in turn; the last one stays. */
type Answer = (event: SQSEvent, context: Context) => unknown;
let events: SQSEvent[];

beforeEach(async () => {
  sqs = await startSqs();
  client = new SQSClient({
    endpoint: sqs.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  deadLetters = await queue('dead', {});
  queueUrl = await queue('work', {
    VisibilityTimeout: '1',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: await arnOf(deadLetters), maxReceiveCount: 2 }),
  });
  events = [];
  log = jest.spyOn(console, 'error').mockReturnValue();
});

afterEach(async () => {
  await poller?.close();
  client.destroy();
  await sqs.close();
  log.mockRestore();
});

async function queue(QueueName: string, Attributes: Record<string, string>): Promise<string> {
  return (await client.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
}

async function arnOf(QueueUrl: string): Promise<string> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  return Attributes?.['QueueArn'] ?? '';
}

const send = async (MessageBody: string, DelaySeconds = 0): Promise<string> =>
  (await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, DelaySeconds }))).MessageId ??
  '';

function poll(answers: Answer[], options: Partial<PollerOptions> = {}): Poller {
  poller = startPoller({
    sqsUrl: sqs.url,
    queueUrl,
    queue: 'work',
    batchSize: 10,
    visibilityTimeout: 1,
    handle: async (event, context) => {
      events.push(event);
      const answer = answers[Math.min(events.length, answers.length) - 1] ?? (() => {});
      return (await answer(event, context)) as void;
    },
    ...options,
  });
  return poller;
}

const bodies = () => events.map((event) => event.Records.map((record) => record.body));

async function deadLetterBodies(): Promise<string[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl: deadLetters, MaxNumberOfMessages: 10 }),
  );
  return Messages.map((message) => message.Body ?? '');
}

const fails = (...ids: unknown[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});
const failsWhatSays = (body: string) => (event: SQSEvent) =>
  fails(...event.Records.filter((record) => record.body === body).map((record) => record.messageId));

test('a handler gets its messages as Lambda gives them, and they are gone when it succeeds', async () => {
  const id = await send('{"lane":"00"}');
  let remaining = 0;
  await poll([(_, context) => void (remaining = context.getRemainingTimeInMillis())], {
    visibilityTimeout: 900,
  }).idle();
  expect(events).toEqual([
    {
      Records: [
        {
          messageId: id,
          receiptHandle: expect.any(String),
          body: '{"lane":"00"}',
          attributes: expect.objectContaining({
            ApproximateReceiveCount: '1',
            SentTimestamp: expect.stringMatching(/^\d{13}$/),
            ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
            SenderId: expect.any(String),
          }),
          messageAttributes: {},
          md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
          eventSource: 'aws:sqs',
          eventSourceARN: await arnOf(queueUrl),
          awsRegion: 'us-east-1',
        },
      ],
    },
  ]);
  expect(remaining).toBeGreaterThan(800_000);
  expect(remaining).toBeLessThanOrEqual(900_000);
});

test('the attributes of a message reach the handler', async () => {
  await client.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: 'hello',
      MessageAttributes: { colour: { DataType: 'String', StringValue: 'green' } },
    }),
  );
  await poll([]).idle();
  expect(events[0]?.Records[0]?.messageAttributes).toMatchObject({
    colour: { dataType: 'String', stringValue: 'green' },
  });
});

test('only the messages a handler reports come back', async () => {
  await send('good');
  await send('bad');
  await poll([failsWhatSays('bad'), () => fails()]).idle();
  expect(bodies()).toEqual([['good', 'bad'], ['bad']]);
  expect(events[1]?.Records[0]?.attributes.ApproximateReceiveCount).toBe('2');
});

const failures: [string, Answer][] = [
  ['throws', () => Promise.reject(new Error('no table'))],
  ['answers a text', () => 'done'],
  ['answers failures that are no list', () => ({ batchItemFailures: 'all' })],
  ['reports an empty id', () => fails('')],
  ['reports no id', () => fails(null)],
  ['uses another key', (event) => ({ batchItemFailures: [{ messageId: event.Records[0]?.messageId }] })],
  ['reports a message it never got', () => fails('another')],
];

test.each(failures)(
  'a handler that %s gets the whole batch again, and the log says so once',
  async (_, answer) => {
    await send('one');
    await send('two');
    await poll([answer, () => {}]).idle();
    const [first = [], ...later] = bodies();
    expect(first.toSorted()).toEqual(['one', 'two']);
    expect(later.flat().toSorted()).toEqual(['one', 'two']);
    expect(log).toHaveBeenCalledTimes(1);
    expect(await deadLetterBodies()).toEqual([]);
  },
);

const successes: [string, unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['an empty object', {}],
  ['no failures', fails()],
  ['null failures', { batchItemFailures: null }],
];

test.each(successes)('a handler that answers %s is done with its messages', async (_, answer) => {
  await send('one');
  await poll([() => answer]).idle();
  expect(bodies()).toEqual([['one']]);
  expect(log).not.toHaveBeenCalled();
});

test('a message that fails too often is with the dead letters, and the queue is idle', async () => {
  await send('poison');
  await send('fine');
  await poll([failsWhatSays('poison')]).idle();
  expect(bodies()).toEqual([['poison', 'fine'], ['poison']]);
  expect(await deadLetterBodies()).toEqual(['poison']);
});

test('a handler that hangs is given up when its time is over, and its message comes back', async () => {
  await send('slow');
  await poll([() => new Promise(() => {}), () => {}]).idle();
  expect(bodies()).toEqual([['slow'], ['slow']]);
  expect(String(log.mock.calls)).toContain('Task timed out after 1 seconds');
});

test('a delayed message is waited for', async () => {
  await send('later', 1);
  await poll([]).idle();
  expect(bodies()).toEqual([['later']]);
});

test('what a handler sends to its own queue is handled before the queue is idle', async () => {
  await send('3');
  const again = async ({ Records: [record] }: SQSEvent) => {
    const left = Number(record?.body) - 1;
    if (left > 0) await send(String(left));
  };
  await poll([again], { batchSize: 1 }).idle();
  expect(bodies()).toEqual([['3'], ['2'], ['1']]);
});

test('as many handlers work at once as were asked for, and no more', async () => {
  for (const lane of ['0', '1', '2', '3', '4']) await send(lane);
  let atWork = 0;
  let most = 0;
  let begun = 0;
  const begins: (() => void)[] = [];
  const beginnings = [0, 1, 2, 3, 4].map((n) => new Promise<void>((resolve) => void (begins[n] = resolve)));
  const work = async () => {
    const mine = begun++;
    begins[mine]?.();
    most = Math.max(most, (atWork += 1));
    await beginnings[mine + 1]; // none ends before the next one has begun, but for the last
    await sleep(50); // for one too many to begin
    atWork -= 1;
  };
  await poll([work], { batchSize: 1, concurrency: 2 }).idle();
  expect(most).toBe(2);
  expect(events).toHaveLength(5);
});

test('closing waits for the handler at work and takes nothing new', async () => {
  await send('first');
  const steps: string[] = [];
  const work = async () => {
    await sleep(500);
    steps.push('finished');
  };
  const working = poll([work], { batchSize: 1 });
  while (events.length === 0) await sleep(10);
  await working.close();
  steps.push('closed');
  await send('second');
  await sleep(200);
  expect(steps).toEqual(['finished', 'closed']);
  expect(bodies()).toEqual([['first']]);
});

test('closing does not wait for ever for a handler that hangs', async () => {
  await send('slow');
  const hanging = poll([() => new Promise(() => {})], { visibilityTimeout: 900, closeWithin: 0.1 });
  while (events.length === 0) await sleep(10);
  await hanging.close();
  await expect(hanging.idle()).rejects.toThrow('its poller is closed');
});

test('when SQS does not answer, the log says so and the poller goes on', async () => {
  const requests: unknown[] = [];
  const broken = createServer((request, response) => {
    requests.push(request.url);
    response.writeHead(requests.length === 1 ? 503 : 200).end('{"__type":"ServiceUnavailable"}');
  });
  const sqsUrl = await listen(broken);
  const polling = poll([], { sqsUrl });
  while (requests.length < 3) await sleep(10);
  await polling.close();
  await close(broken);
  expect(log).toHaveBeenCalledTimes(1);
  expect(String(log.mock.calls)).toContain("Can't receive from the queue work");
});
