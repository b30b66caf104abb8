/** `digest explain`: every candidate with its verdict, what a search would find, and whether the choice can be repeated. */
import * as editions from '../../lambdas/aws/editions';
import { startWorld, type World } from '../world';
import { paperboy } from './paperboy';

const EDITION = 'weekly-2025-W11';
let world: World;
beforeAll(async () => {
  world = await startWorld({ queues: [] });
  await world.enlists(['ada@example.org']);
  await world.papersOn('2025-03-11', 12);
  const due = { cadence: 'weekly', scheduledTime: '2025-03-17T07:00:00.000Z' };
  await world.machine.invoke('build-digest', due);
});
afterAll(() => world.close());

test('each paper is in, or out for a reason, and the choice can be made again', async () => {
  const { code, out } = await paperboy(world, 'digest', 'explain', EDITION, '--search', 'wordcac');
  expect(code).toBe(0);
  expect(out).toMatch(/^weekly-2025-W11: 12 papers listed, 12 candidates, 10 places\n/);
  expect(out).toContain('score = upvotes × growth expected after they were read');
  expect(out.match(/^ +\d+ in /gm)).toHaveLength(10);
  expect(out.match(/^ +\d+ out: \w/gm)).toHaveLength(2);
  expect(out).toMatch(/^ +1 in +12 × [\d.]+ = [\d.]+ +topic \d+ +2503\.11000 {2}Paper 1 of 2025-03-11$/m);
  expect(out).toContain('‘wordcac’ finds 1; the first 5 that are new come to its reader:');
  expect(out).toMatch(/^ +\d\.\d\d {2}2503\.11002 {2}Paper 3 of 2025-03-11$/m);
  expect(out).toMatch(/Replayed from the frozen papers: the same choice\.\n$/);
});

test('a choice that differs from the frozen one is reported', async () => {
  const edition = await editions.find(EDITION);
  if (!edition) throw new Error('no edition');
  const content = await editions.contentOf(edition);
  const candidates = content.candidates.map((one, n) => (n === 0 ? { ...one, verdict: 'below' } : one));
  const other = await editions.saveContent(EDITION, { ...content, candidates } as never);
  await editions.change(EDITION, ['sending'], { content: other });
  const { out } = await paperboy(world, 'digest', 'explain', EDITION);
  expect(out).toContain('ANOTHER choice');
});

test('an edition that was skipped or does not exist is reported in a sentence', async () => {
  const due = { cadence: 'weekly', scheduledTime: '2025-02-03T07:00:00.000Z' };
  await world.machine.invoke('build-digest', due);
  const skipped = await paperboy(world, 'digest', 'explain', 'weekly-2025-W05');
  expect([skipped.code, skipped.err]).toEqual([1, 'weekly-2025-W05 was skipped: fewer than 1 papers\n']);
  expect((await paperboy(world, 'digest', 'explain', 'weekly-2025-W04')).err).toContain('weekly-2025-W04');
});
