/** A sender's turn at SES: it waits for its moment, within the day's quota, and not beyond its lease. */
import { mkdtemp, rm } from 'node:fs/promises';
import type * as Timers from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as soon } from 'node:timers/promises';
import { quota } from '../../lambdas/aws/quota';
import { turn } from '../../lambdas/aws/turn';
import { spacing } from '../../lambdas/core/pace';
import type { FarEnd } from '../../local/far-end';
import { localNewsletter } from '../../local/newsletter';
import { startSes } from '../../local/ses';
import { credentials } from '../embedded';

const RATE = 2;
const PER_DAY = 10;
/** A second and some more between two calls of one of two senders. */
const GAP = spacing({ perSecond: RATE, perDay: PER_DAY, sentToday: 0 }, 2);

/** Node's own waiting, held until a test lets it end. */
const timers = jest.requireActual<typeof Timers>('node:timers/promises');
const waits: { milliseconds: number; end: () => void }[] = [];

let folder: string;
let ses: FarEnd;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paperboy-test-'));
  ses = await startSes({ folder, port: 0, rate: RATE, quota: PER_DAY });
  Object.assign(process.env, credentials, {
    NEWSLETTER: JSON.stringify(await localNewsletter([], { sending: { senders: 2 } })),
    AWS_ENDPOINT_URL_SES: ses.url,
  });
  await quota(); // a minute's answer; from here on nobody asks the far end
  jest.useFakeTimers({ now: Date.now(), doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
  jest
    .spyOn(timers, 'setTimeout')
    .mockImplementation(
      (milliseconds = 0, value) =>
        new Promise((resolve) => void waits.push({ milliseconds, end: () => resolve(value) })),
    );
});
afterAll(async () => {
  jest.restoreAllMocks();
  jest.useRealTimers();
  await ses.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
  jest.advanceTimersByTime(10 * GAP); // nobody's turn is still to come
  waits.length = 0;
});

const inAMinute = (): Date => new Date(Date.now() + 60_000);

/** What became of a turn so far: every promise that can be settled is. */
async function soFar(taken: Promise<string>): Promise<string> {
  await soon();
  return Promise.race([taken, soon('waits')]);
}

test('the first goes at once, the next ones wait, each for its own moment', async () => {
  expect(await soFar(turn(inAMinute()))).toBe('go');
  const [second, third] = [turn(inAMinute()), turn(inAMinute())];
  expect([await soFar(second), await soFar(third)]).toEqual(['waits', 'waits']);
  expect(waits.map(({ milliseconds }) => Math.round(milliseconds))).toEqual([GAP, 2 * GAP].map(Math.round));
  waits[0]?.end();
  expect([await soFar(second), await soFar(third)]).toEqual(['go', 'waits']);
  waits[1]?.end();
  expect(await soFar(third)).toBe('go');
});

test('a turn that would come after the lease is none, and nothing of the day’s quota is used up', async () => {
  const before = (await quota()).sentToday;
  const now = new Date();
  expect([await soFar(turn(now)), await soFar(turn(now))]).toEqual(['go', 'too late']);
  expect((await quota()).sentToday).toBe(before + 1);
});

test('four fifths of the day’s quota are for editions, whoever asks at the same time', async () => {
  const left = 0.8 * PER_DAY - (await quota()).sentToday;
  const turns = Array.from({ length: left + 2 }, () => turn(inAMinute()));
  await soon();
  for (const wait of waits) wait.end();
  expect(await Promise.all(turns)).toEqual([...Array.from({ length: left }, () => 'go'), 'quota', 'quota']);
  expect(left).toBeGreaterThan(1);
});
