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
