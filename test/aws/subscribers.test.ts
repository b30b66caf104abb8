/** The subscribers table: who an edition is for, and what they search for, counted over all shards. */
import { audienceOf, save, walk } from '../../lambdas/aws/subscribers';
import type { Address } from '../../lambdas/core/address';
import { shardOf, subscriberIdOf } from '../../lambdas/core/identity';
import type { Subscriber } from '../../lambdas/core/subscriber';
import type { FarEnd } from '../../local/far-end';
import { startTables } from '../embedded';
import { keys } from '../mails';

let tables: FarEnd;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

const SINCE = '2025-03-01T00:00:00.000Z';

function reader(name: string, change: Partial<Subscriber> = {}): Subscriber {
  const address = `${name}@example.org` as Address;
  const like = {
    status: 'active',
    cadence: 'weekly',
    consent: { askedAt: SINCE, confirmedAt: SINCE },
  } as const;
  return { ...like, subscriberId: subscriberIdOf(address, keys), address, revision: 1, ...change };
}

const searching = (...texts: string[]) => ({ searches: texts.map((text) => ({ text, since: SINCE })) });

test('the audience is who has the cadence, with the searches that are in force and the zones', async () => {
  for (const one of [
    reader('ada', searching('voxel', 'whale song')),
    reader('grace', { ...searching('voxel'), zone: 'Asia/Tokyo' }),
    reader('alan', { searches: [{ text: 'voxel', since: SINCE, until: SINCE }], zone: 'Asia/Tokyo' }),
    reader('annie'),
    reader('daily', { ...searching('voxel'), cadence: 'daily', zone: 'Europe/Paris' }),
    reader('pending', { ...searching('voxel'), status: 'pending' }),
    reader('left', { ...searching('voxel'), status: 'unsubscribed', zone: 'Europe/Rome' }),
  ])
    await save(one, undefined);
  expect(await audienceOf('weekly')).toEqual({
    readers: 4,
    searches: new Map([
      ['voxel', 2],
      ['whale song', 1],
    ]),
    zones: new Set(['Asia/Tokyo']),
  });
  expect(await audienceOf('daily')).toMatchObject({ readers: 1, searches: new Map([['voxel', 1]]) });
  expect(await audienceOf('monthly')).toEqual({ readers: 0, searches: new Map(), zones: new Set() });
});

test('a row is saved by whoever read it last, and by nobody else', async () => {
  const first = reader('row');
  expect(await save(first, undefined)).toBe(true);
  expect(await save({ ...first, cadence: 'daily' }, undefined)).toBe(false);
  const second = { ...first, revision: 2 };
  expect(await save(second, first)).toBe(true);
  expect(await save({ ...first, cadence: 'monthly', revision: 2 }, first)).toBe(false);
});

const idsOf = async (...stretch: Parameters<typeof walk>): Promise<string[]> =>
  (await walk(...stretch)).map(({ subscriberId }) => subscriberId);

test('a shard is walked in key order, behind one id and up to another, each reader once', async () => {
  const some = Array.from({ length: 400 }, (_, n) => reader(`walker${n}`)).filter(
    ({ subscriberId }) => shardOf(subscriberId) === '2a',
  );
  for (const one of some) await save(one, undefined);
  const ids = some.map(({ subscriberId }) => subscriberId).toSorted();
  expect(ids.length).toBeGreaterThan(3);
  expect(await idsOf({ shard: '2a' }, 100)).toEqual(ids);
  expect(await idsOf({ shard: '2a' }, 2)).toEqual(ids.slice(0, 2));
  expect(await idsOf({ shard: '2a', after: ids[0] }, 100)).toEqual(ids.slice(1));
  expect(await idsOf({ shard: '2a', upTo: ids[1] }, 100)).toEqual(ids.slice(0, 2));
  expect(await idsOf({ shard: '2a', after: ids[0], upTo: ids[2] }, 100)).toEqual(ids.slice(1, 3));
  expect(await idsOf({ shard: '2a', after: ids.at(-1) }, 100)).toEqual([]);
});
