/** The editions table: content larger than an item, and two builders that don't mix theirs. */
import { randomBytes } from 'node:crypto';
import * as editions from '../../lambdas/aws/editions';
import * as lanes from '../../lambdas/aws/lanes';
import { shards } from '../../lambdas/core/identity';
import type { Content, Edition } from '../../lambdas/core/edition';
import { contentOf as frozen } from '../mails';
import { aPaper, startWorld, type World } from '../world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const contentOf = (title: string, bytes = 0): Content => ({
  ...frozen([{ ...aPaper('2025-03-11', 0, 1), title }]),
  shell: { segments: [randomBytes(bytes).toString('base64')], slots: [] },
});

const editionOf = (editionId: string, content: Edition['content']): Edition => ({
  editionId,
  cadence: 'weekly',
  title: 't',
  period: { from: '2025-03-10', to: '2025-03-16' },
  scheduledFor: '2025-03-17T07:00:00.000Z',
  cutoff: '2025-03-17T07:00:00.000Z',
  papers: 1,
  considered: 1,
  status: 'sending',
  content,
});

test('content of a megabyte goes into several items and comes back whole', async () => {
  const content = contentOf('large', 1_000_000);
  const kept = await editions.saveContent('weekly-2025-W01', content);
  expect(kept.parts).toBeGreaterThan(2);
  expect(await editions.contentOf(editionOf('weekly-2025-W01', kept))).toEqual(content);
});

test('of two builders with different content the first counts, whole', async () => {
  const id = 'weekly-2025-W02';
  const [first, second] = [contentOf('first'), contentOf('second')];
  const kept = [await editions.saveContent(id, first), await editions.saveContent(id, second)];
  expect(await editions.create(editionOf(id, kept[0]))).toBe(true);
  expect(await editions.create(editionOf(id, kept[1]))).toBe(false);
  const stands = await editions.find(id);
  expect(stands && (await editions.contentOf(stands))).toEqual(first);
});

test.each(['sending', 'paused', 'cancelled', 'done'] as const)(
  'an edition that is %s stands, whoever builds it again',
  async (status) => {
    const stands = { ...editionOf(`weekly-2025-W1${status.length}`, { hash: 'first', parts: 1 }), status };
    expect(await editions.create(stands)).toBe(true);
    const again = { ...stands, title: 'again', content: { hash: 'second', parts: 1 }, status: 'sending' };
    expect(await editions.create(again as Edition)).toBe(false);
    expect(await editions.find(stands.editionId)).toEqual(stands);
  },
);

test('one that was skipped is built after all, once', async () => {
  const skipped = {
    ...editionOf('weekly-2025-W20', undefined),
    status: 'skipped',
    reason: 'no papers',
  } as const;
  const built = editionOf('weekly-2025-W20', { hash: 'first', parts: 1 });
  expect(await editions.create(skipped)).toBe(true);
  expect(await editions.create(built)).toBe(true);
  expect(await editions.create({ ...built, title: 'again' })).toBe(false);
  expect(await editions.find('weekly-2025-W20')).toEqual(built);
});

test('a change is made to an edition of that standing alone; a field of no value is taken away', async () => {
  const edition = { ...editionOf('weekly-2025-W21', undefined), reason: 'bounces' };
  await editions.create(edition);
  expect(await editions.change('weekly-2025-W21', ['paused', 'done'], { status: 'cancelled' })).toBe(false);
  expect(await editions.find('weekly-2025-W21')).toEqual(edition);
  const to = { status: 'done', reason: undefined } as const;
  expect(await editions.change('weekly-2025-W21', ['paused', 'sending'], to)).toBe(true);
  expect(await editions.find('weekly-2025-W21')).toEqual({
    ...editionOf('weekly-2025-W21', undefined),
    status: 'done',
  });
  expect(await editions.change('weekly-2025-W22', ['sending'], to)).toBe(false);
});

const trouble = (bounced: number, complained: number) =>
  editions.countTrouble('weekly-2025-W21', { bounced, complained });

test('trouble is added up, and the sum of each kind is answered', async () => {
  expect(await trouble(2, 0)).toEqual({ bounced: 2, complained: 0 });
  expect(await trouble(1, 3)).toEqual({ bounced: 3, complained: 3 });
});

const idsOf = async (limit: number) => (await editions.newest(limit)).map(({ editionId }) => editionId);

test('the list of editions is newest first, no longer than asked for, and each is in it once', async () => {
  for (const day of ['2025-03-10', '2025-03-17', '2025-03-03', '2025-03-17']) {
    const edition = editionOf(`weekly-${day}`, undefined);
    await editions.list({ ...edition, scheduledFor: `${day}T07:00:00.000Z` });
  }
  expect(await idsOf(10)).toEqual(['weekly-2025-03-17', 'weekly-2025-03-10', 'weekly-2025-03-03']);
  expect(await idsOf(2)).toEqual(['weekly-2025-03-17', 'weekly-2025-03-10']);
});

test('content that lost a part is a fault that says so', async () => {
  const edition = editionOf('weekly-2025-W03', { hash: 'nowhere', parts: 1 });
  await expect(editions.contentOf(edition)).rejects.toThrow(
    "Can't read content#nowhere#0 of edition weekly-2025-W03",
  );
});

test('all lanes of an edition are read, though one answer of DynamoDB holds a megabyte', async () => {
  const editionId = 'weekly-2025-W03';
  const stopped = {
    confirmedTo: '0',
    settled: Array.from({ length: 1_000 }, () => randomBytes(18).toString('hex')),
  };
  for (const shard of shards) {
    const lease = { message: { editionId, shard }, owner: 'me' };
    await lanes.take(lease, new Date(), new Date(Date.now() + 60_000));
    await lanes.release(lease, { ...stopped, audience: 1 }, new Date());
  }
  expect([...(await lanes.ofEdition(editionId)).keys()]).toEqual([...shards]);
});
