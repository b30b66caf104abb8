/** An edition leaves at its hour by each reader's own clock: once for everybody, in waves. */
import * as editions from '../../lambdas/aws/editions';
import * as lanes from '../../lambdas/aws/lanes';
import { sign } from '../../lambdas/core/identity';
import { lanesOf, laneName } from '../../lambdas/core/waves';
import type { Settled } from '../../lambdas/settle-edition';
import { freezeDate, startWorld, type World } from '../world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ newsletter: { timeZone: 'Europe/Berlin' } });
});
afterAll(() => world.close());
afterEach(() => jest.useRealTimers());

const SCHEDULED = '2025-03-17T06:00:00Z';
const EDITION = 'weekly-2025-W11';
const AT_HOME = 'greta@example.org';
const IN_NEW_YORK = 'ada@example.org';
const IN_TOKYO = 'kenji@example.org';
const everybody = [AT_HOME, IN_NEW_YORK, IN_TOKYO];

const chooses = async (address: string, zone: string): Promise<number> => {
  const token = sign(await world.keys(), 'preferences', await world.idOf(address));
  return (await world.posts('/preferences', { token, zone })).status;
};

/** The quarter-hourly run, and all that comes of it. */
async function looks(at: string): Promise<Settled | undefined> {
  freezeDate(at);
  const [settled] = (await world.machine.invoke('settle-edition', {})) as Settled[];
  await world.machine.idle();
  return settled;
}

const copies = () => world.copiesOf(EDITION, everybody);

test('seven o’clock is seven o’clock in Berlin, in New York and in Tokyo', async () => {
  freezeDate('2025-03-16T12:00:00Z');
  await world.papersOn('2025-03-11', 3);
  await world.enlists(everybody);
  expect(await chooses(IN_NEW_YORK, 'America/New_York')).toBe(200);
  expect(await chooses(IN_TOKYO, 'Asia/Tokyo')).toBe(200);

  freezeDate('2025-03-17T06:00:20Z');
  await world.machine.invoke('build-digest', { cadence: 'weekly', scheduledTime: SCHEDULED });
  await world.machine.idle();
  expect(await copies()).toEqual([1, 0, 0]);

  // a lane of New York that comes too early, or before the first one was walked, is not walked
  await lanes.enqueue(lanesOf({ editionId: EDITION, waves: { timeZone: 'Europe/Berlin', minutes: [300] } }));
  await world.machine.idle();
  expect(await looks('2025-03-17T10:45:00Z')).toMatchObject({ status: 'sending', requeued: 0 });
  expect(await copies()).toEqual([1, 0, 0]);

  // who moves while the edition is under way gets it where they were, once
  expect(await chooses(AT_HOME, 'Asia/Tokyo')).toBe(200);
  expect(await looks('2025-03-17T11:00:00Z')).toMatchObject({ requeued: 64 });
  expect(await copies()).toEqual([1, 1, 0]);
  expect(await looks('2025-03-17T11:15:00Z')).toMatchObject({ status: 'sending', requeued: 0 });
  expect(await chooses(IN_NEW_YORK, 'Asia/Tokyo')).toBe(200);

  expect(await looks('2025-03-17T22:00:00Z')).toMatchObject({ requeued: 64 });
  expect(await copies()).toEqual([1, 1, 1]);
  expect(await looks('2025-03-17T22:15:00Z')).toMatchObject({
    status: 'done',
    books: { audience: 3, sent: 3, closed: true },
  });
  const edition = await editions.find(EDITION);
  const walked = await lanes.ofEdition(EDITION);
  expect([...walked.keys()].toSorted()).toEqual(lanesOf(edition!).map(laneName).toSorted());
});

test('a wave whose message got lost is found again, and one that opens while the edition is paused waits', async () => {
  const id = 'weekly-2025-W12';
  await world.papersOn('2025-03-18', 3);
  freezeDate('2025-03-24T06:00:20Z');
  await world.machine.invoke('build-digest', { cadence: 'weekly', scheduledTime: '2025-03-24T06:00:00Z' });
  await world.machine.idle();
  expect((await editions.find(id))?.waves?.minutes).toEqual([960]);
  await editions.pause(id, 'by hand');
  expect(await looks('2025-03-24T22:00:00Z')).toBeUndefined();
  await editions.change(id, ['paused'], { status: 'sending', aliveAt: '2025-03-24T22:05:00.000Z' });
  expect(await looks('2025-03-24T22:15:00Z')).toMatchObject({ requeued: 0 });
  expect(await looks('2025-03-24T22:30:00Z')).toMatchObject({ requeued: 64 });
  expect(await world.copiesOf(id, everybody)).toEqual([1, 1, 1]);
});

test.each([
  ['Mars/Base', 400],
  ['x'.repeat(65), 400],
  ['', 200],
])('a zone such as %p is answered with %i', async (zone, status) => {
  expect(await chooses(IN_TOKYO, zone)).toBe(status);
});

test('a sender of a wave stops: of its readers who were claimed we don’t know, and nobody of another wave is asked about', async () => {
  const editionId = 'weekly-2025-W13';
  await world.papersOn('2025-03-25', 3);
  freezeDate('2025-03-31T05:00:20Z');
  const mates = await world.matesIn('07', 6);
  for (const address of mates.slice(0, 3)) await chooses(address, 'Asia/Tokyo');
  await chooses(mates[5] ?? '', 'Asia/Kolkata'); // a wave later still
  freezeDate('2025-03-31T05:00:40Z');
  await world.machine.invoke('build-digest', { cadence: 'weekly', scheduledTime: '2025-03-31T05:00:00Z' });
  await world.machine.idle();
  const [wave = 0] = (await editions.find(editionId))?.waves?.minutes ?? [];
  const dead = { message: { editionId, shard: '07', wave }, owner: 'dead' };
  freezeDate('2025-03-31T22:00:00Z');
  await lanes.take(dead, new Date(), new Date(Date.now() + 1_000));
  const last = await world.idOf(mates.at(-1) ?? '');
  const from = { confirmedTo: undefined, settled: [], audience: 0 };
  await lanes.advance(dead, { claimedTo: last, from, audience: 3 }, new Date(Date.now() + 1_000));
  expect(await looks('2025-03-31T22:30:00Z')).toMatchObject({ status: 'sending' });
  const rows = await Promise.all(mates.map((address) => world.rowOf(editionId, address)));
  expect(rows.map((row) => row?.status)).toEqual([
    'unknown',
    'unknown',
    'unknown',
    'sent',
    'sent',
    undefined,
  ]);
});
