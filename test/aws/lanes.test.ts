/** A lane's lease and cursor: who may walk it, and that the cursor never moves back but by its owner's own stop. */
import * as lanes from '../../lambdas/aws/lanes';
import type { FarEnd } from '../../local/far-end';
import { startTables } from '../embedded';

let tables: FarEnd;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

let shard = 0;
/** Two senders at a lane that nobody walked yet. */
function twoSenders(): [mine: lanes.Lease, theirs: lanes.Lease] {
  const message = { editionId: 'weekly-2025-W11', shard: (shard++).toString(16).padStart(2, '0') };
  return [
    { message, owner: 'me' },
    { message, owner: 'they' },
  ];
}

const at = (seconds: number): Date => new Date(Date.parse('2025-03-17T07:00:00Z') + seconds * 1_000);
const start = { confirmedTo: undefined, settled: [], audience: 0 };
const outcomeOf = async (...taking: Parameters<typeof lanes.take>): Promise<string> =>
  (await lanes.take(...taking)).outcome;

test('a lane is one sender’s until the lease is over, and then the next one’s', async () => {
  const [mine, theirs] = twoSenders();
  expect(await lanes.read(mine.message)).toBeUndefined();
  expect(await outcomeOf(mine, at(0), at(60))).toBe('taken');
  expect(await outcomeOf(theirs, at(30), at(90))).toBe('held');
  expect(await outcomeOf(theirs, at(60), at(120))).toBe('held'); // not before it is over
  expect(await outcomeOf(theirs, at(61), at(121))).toBe('taken');
  expect(await lanes.read(mine.message)).toMatchObject({ owner: 'they', status: 'sending' });
});

test('who lost a lane can neither move its cursor, nor give it back, nor end it', async () => {
  const [mine, theirs] = twoSenders();
  await lanes.take(mine, at(0), at(60));
  await lanes.advance(mine, { claimedTo: 'c', from: start, audience: 3 }, at(60));
  await lanes.take(theirs, at(61), at(121));
  const before = await lanes.read(mine.message);
  expect(await lanes.advance(mine, { claimedTo: 'f', from: start, audience: 6 }, at(200))).toBe(false);
  expect(await lanes.release(mine, start, at(62))).toBe(false);
  expect(await lanes.finish(mine, { ...start, confirmedTo: 'f' })).toBe(false);
  expect(await lanes.read(mine.message)).toEqual(before);
});

test('a claim says how far, confirms what came before, and holds the lease on', async () => {
  const [mine] = twoSenders();
  await lanes.take(mine, at(0), at(60));
  const from = { confirmedTo: 'c', settled: ['b', 'd', 'z'], audience: 3 };
  expect(await lanes.advance(mine, { claimedTo: 'f', from, audience: 6 }, at(90))).toBe(true);
  expect(await lanes.read(mine.message)).toEqual({
    status: 'sending',
    owner: 'me',
    claimedTo: 'f',
    confirmedTo: 'c',
    settled: ['z'],
    audience: 6,
    leaseUntil: at(90).toISOString(),
  });
});

test('a claim that comes late moves nothing back', async () => {
  const [mine] = twoSenders();
  await lanes.take(mine, at(0), at(60));
  expect(await lanes.advance(mine, { claimedTo: 'f', from: start, audience: 6 }, at(90))).toBe(true);
  expect(await lanes.advance(mine, { claimedTo: 'c', from: start, audience: 3 }, at(60))).toBe(false);
  expect(await lanes.advance(mine, { claimedTo: 'f', from: start, audience: 6 }, at(90))).toBe(true); // itself again
  expect(await lanes.read(mine.message)).toMatchObject({ claimedTo: 'f', audience: 6 });
});

test('a lane that is given back is free after its rest, from where its sender stopped', async () => {
  const [mine, theirs] = twoSenders();
  await lanes.take(mine, at(0), at(60));
  await lanes.advance(mine, { claimedTo: 'f', from: start, audience: 6 }, at(60));
  expect(await lanes.release(mine, { confirmedTo: 'c', settled: ['e'], audience: 4 }, at(30))).toBe(true);
  expect(await lanes.read(mine.message)).toMatchObject({
    status: 'waiting',
    claimedTo: 'c',
    confirmedTo: 'c',
    settled: ['e'],
    audience: 4,
  });
  expect(await lanes.advance(mine, { claimedTo: 'i', from: start, audience: 9 }, at(60))).toBe(false);
  expect(await outcomeOf(theirs, at(29), at(90))).toBe('held');
  expect(await outcomeOf(theirs, at(31), at(90))).toBe('taken');
});

test('one that was given back before anybody was tried has no cursor', async () => {
  const [mine] = twoSenders();
  await lanes.take(mine, at(0), at(60));
  await lanes.advance(mine, { claimedTo: 'f', from: start, audience: 6 }, at(60));
  await lanes.release(mine, start, at(30));
  const lane = await lanes.read(mine.message);
  expect([lane?.claimedTo, lane?.confirmedTo, lane?.audience]).toEqual([undefined, undefined, 0]);
});

test('a lane that was walked to its end is nobody’s again', async () => {
  const [mine, theirs] = twoSenders();
  await lanes.take(mine, at(0), at(60));
  expect(await lanes.finish(mine, { ...start, confirmedTo: 'f', audience: 6 })).toBe(true);
  expect(await outcomeOf(theirs, at(1_000), at(1_060))).toBe('done');
  expect(await outcomeOf({ ...mine, owner: 'somebody' }, at(1_000), at(1_060))).toBe('done');
  expect(await lanes.read(mine.message)).toMatchObject({ status: 'done', confirmedTo: 'f', audience: 6 });
});

test('lanes of one shard and several waves are several', async () => {
  const [mine] = twoSenders();
  const later = { ...mine, message: { ...mine.message, wave: 60 } };
  await lanes.take(mine, at(0), at(60));
  expect(await outcomeOf(later, at(0), at(60))).toBe('taken');
  const names = [...(await lanes.ofEdition(mine.message.editionId)).keys()];
  expect(names).toEqual(expect.arrayContaining([mine.message.shard, `${mine.message.shard}+0060`]));
});
