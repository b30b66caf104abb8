/** A queue's messages: what failed comes back, what can't succeed lies with the dead letters, and none stops another. */
import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import * as deadLetters from '../../lambdas/aws/dead-letters';
import { messages, scheduled, ScheduledTime } from '../../lambdas/aws/events';
import { sqs as client } from '../../lambdas/aws/sqs';
import { queues } from '../../lambdas/triggers';
import { lambdaContext } from '../../local/lambda-context';
import { type Sqs, startSqs } from '../../local/sqs';
import { credentials } from '../embedded';

const LAST = queues.lanes.maxReceiveCount;
const context = lambdaContext('test', 60);
let sqs: Sqs;

beforeAll(async () => {
  sqs = await startSqs();
  Object.assign(process.env, credentials, {
    AWS_ENDPOINT_URL_SQS: sqs.url,
    LANES_QUEUE_URL: sqs.queueUrls.lanes,
    LANES_DEAD_LETTERS_URL: sqs.deadLetterUrls.lanes,
  });
});
afterAll(async () => {
  client.destroy();
  await sqs.close();
});

const settled: number[] = [];
/** Odd numbers fail. */
const handler = messages('lanes', z.object({ n: z.number() }), async ({ n }) => {
  if (n % 2) throw new Error(`${n} is odd`, { cause: new Error('so it is') });
  settled.push(n);
});

/** The ids of those that come back. */
async function comeBack(...records: [body: string, receives: number][]): Promise<string[]> {
  const Records = records.map(([body, receives], n) => ({
    messageId: `m${n}`,
    body,
    attributes: { ApproximateReceiveCount: String(receives) },
  }));
  const { batchItemFailures } = await handler({ Records } as unknown as SQSEvent, context);
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

/** What lies with the dead letters, of these messages, each with its reason. */
const buried = async (...bodies: string[]): Promise<Map<string, string>> =>
  new Map(
    (await deadLetters.look('lanes', 0))
      .filter(({ body }) => bodies.includes(body))
      .map(({ body, reason }) => [body, reason]),
  );

test('what fails comes back, as often as its queue allows, and then lies with the dead letters', async () => {
  for (let receives = 1; receives < LAST; receives++)
    expect(await comeBack(['{"n":1}', receives])).toEqual(['m0']);
  expect(await buried('{"n":1}')).toEqual(new Map());
  expect(await comeBack(['{"n":1}', LAST])).toEqual([]);
  expect(await buried('{"n":1}')).toEqual(new Map([['{"n":1}', '1 is odd: so it is']]));
});

test('what can’t be read is never tried again', async () => {
  expect(await comeBack(['nonsense', 1], ['{"n":"one"}', 1])).toEqual([]);
  const letters = await buried('nonsense', '{"n":"one"}');
  expect(letters.get('nonsense')).toContain("Can't read the message");
  expect(letters.get('{"n":"one"}')).toContain('expected number');
});

test('none of a batch stops another', async () => {
  settled.length = 0;
  expect(await comeBack(['{"n":2}', 1], ['{"n":3}', 1], ['more nonsense', 1], ['{"n":4}', LAST])).toEqual([
    'm1',
  ]);
  expect(settled).toEqual([2, 4]);
});

test('what can’t even be buried comes back', async () => {
  process.env['LANES_DEAD_LETTERS_URL'] = `${sqs.deadLetterUrls.lanes}-that-are-not-there`;
  expect(await comeBack(['nonsense', 1], ['{"n":1}', LAST])).toEqual(['m0', 'm1']);
  process.env['LANES_DEAD_LETTERS_URL'] = sqs.deadLetterUrls.lanes;
});

test('a dead letter goes back into its queue and then is none any more', async () => {
  await comeBack(['{"n":7}', LAST]);
  const letter = (await deadLetters.look('lanes', 0)).find(({ body }) => body === '{"n":7}');
  if (!letter) throw new Error('no dead letter');
  await deadLetters.redrive('lanes', letter);
  expect(await buried('{"n":7}')).toEqual(new Map());
  const { messagesIn } = await import('../../lambdas/aws/queue-length');
  expect(await messagesIn(sqs.queueUrls.lanes)).toBe(1);
});

test('a reason is cut and has nothing that SQS refuses', async () => {
  await deadLetters.sendToDeadLetters('lanes', 'strange', `é\n${'x'.repeat(2_000)}`);
  expect((await buried('strange')).get('strange')).toBe(`  ${'x'.repeat(998)}`);
});

test('a schedule’s run means the time that the schedule says, and has what time is left', async () => {
  const run = scheduled(z.object({ at: ScheduledTime }), async ({ at }, timeLeft) => [
    at,
    timeLeft() > 50_000,
  ]);
  expect(await run({ at: '2025-03-17T07:00:00Z' }, context)).toEqual([
    new Date('2025-03-17T07:00:00Z'),
    true,
  ]);
  expect(() => run({ at: 'monday' }, context)).toThrow('ISO datetime');
});
