/** build-digest: one edition per period, whoever asks and how often. */
import * as editions from '../../lambdas/aws/editions';
import { papersForAll } from '../../lambdas/core/choice';
import { freezeDate, startWorld, type World } from '../world';

let world: World;
beforeAll(async () => {
  freezeDate('2025-03-17T07:00:00Z');
  world = await startWorld({ newsletter: { cadences: { weekly: { cron: '0 7 ? * MON *', papers: 10 } } } });
  await world.reader('ada@example.org');
  await world.papersOn('2025-03-12', 60);
});
afterAll(() => world.close());

const build = (cadence: string, scheduledTime: string) =>
  world.machine.invoke('build-digest', { cadence, scheduledTime });

test('four builders at once make one edition, and a reader gets one mail', async () => {
  const due = '2025-03-17T07:00:00.000Z';
  const built = (await Promise.all(Array.from({ length: 4 }, () => build('weekly', due)))) as {
    papers: number;
  }[];
  expect(built.map(({ papers }) => papers)).toEqual(Array.from({ length: 4 }, () => 10));
  expect(await build('weekly', '2025-03-17T23:00:00.000Z')).toMatchObject({ outcome: 'already-built' });
  await world.machine.idle();
  expect(await world.digestsOf('ada@example.org')).toHaveLength(1);
  expect((await editions.newest(10)).map(({ editionId }) => editionId)).toEqual(['weekly-2025-W11']);
});

test('what an edition froze stays, whatever happens to its papers', async () => {
  const edition = await editions.find('weekly-2025-W11');
  if (!edition) throw new Error('no edition');
  const before = papersForAll(await editions.contentOf(edition)).map(({ paperId }) => paperId);
  await world.papersOn('2025-03-13', 80);
  await build('weekly', '2025-03-17T07:00:00.000Z');
  const again = await editions.find('weekly-2025-W11');
  expect(again?.content).toEqual(edition.content);
  expect((await world.opens('/editions/weekly-2025-W11')).text).not.toContain('of 2025-03-13');
  expect(before).toHaveLength(10);
});

test('a week without papers is skipped, says so, and can be built when its papers are there', async () => {
  expect(await build('weekly', '2025-02-03T07:00:00.000Z')).toMatchObject({ outcome: 'skipped' });
  expect(await editions.find('weekly-2025-W05')).toMatchObject({
    status: 'skipped',
    reason: 'fewer than 1 papers',
  });
  expect((await world.opens('/editions/weekly-2025-W05')).status).toBe(404);
  expect(await world.digestsOf('ada@example.org')).toHaveLength(1);
});

test('an edition knows the one before it, which it must not overtake', async () => {
  await world.papersOn('2025-03-18', 3);
  expect(await build('weekly', '2025-03-24T07:00:00.000Z')).toMatchObject({ outcome: 'built' });
  expect(await editions.find('weekly-2025-W12')).toMatchObject({ previous: 'weekly-2025-W11' });
  expect(await editions.find('weekly-2025-W11')).not.toHaveProperty('previous');
});

test('a cadence that newsletter.json does not have is refused by name', async () => {
  await expect(build('daily', '2025-03-13T07:00:00.000Z')).rejects.toThrow(
    'newsletter.json has no cadence "daily"',
  );
});

test.each([
  ['cadence', {}],
  ['cadence', { cadence: 'hourly', scheduledTime: '2025-03-17T07:00:00.000Z' }],
  ['scheduledTime', { cadence: 'weekly', scheduledTime: 'soon' }],
])('an event that no schedule of ours sends is refused by its %s', async (field, event) => {
  await expect(world.machine.invoke('build-digest', event)).rejects.toThrow(field);
});
