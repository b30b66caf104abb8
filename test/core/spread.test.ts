/** The order of papers that nobody votes on, and what is said of votes at all. */
import { listing } from '../../lambdas/core/listing';
import { isVoted, type Paper } from '../../lambdas/core/paper';
import { choose, rank } from '../../lambdas/core/ranking';
import { spread } from '../../lambdas/core/spread';
import { votesFrom, votesIn } from '../../lambdas/core/votes';
import { paperOf } from '../mails';

const unvoted = (id: string, listedOn = '2025-03-10', title = id): Paper => ({
  ...paperOf({ id, title, summary: `${title}.`, upvotes: 0 }),
  listedOn,
  voted: false,
});

/** "a1" is of topic 1, listed on the day that is given. */
const placed = (id: string, day: number) => ({
  paper: unvoted(id, `2025-03-1${day}`),
  topic: Number(id.slice(1)),
});

const order = (papers: ReturnType<typeof placed>[]): string => {
  const sizes = new Map<number, number>();
  for (const { topic } of papers) sizes.set(topic, (sizes.get(topic) ?? 0) + 1);
  return spread(papers, sizes)
    .map(({ paper }) => paper.paperId)
    .join(' ');
};

test.each([
  ['nothing', [], ''],
  [
    'the largest topic first, then in turns',
    [
      ['a1', 0],
      ['b2', 0],
      ['c2', 0],
      ['d1', 0],
      ['e1', 0],
    ],
    'a1 b2 d1 c2 e1',
  ],
  [
    'topics as large by their lowest ids',
    [
      ['a2', 0],
      ['b1', 0],
      ['c1', 0],
      ['d2', 0],
    ],
    'a2 b1 d2 c1',
  ],
  [
    'a day that gave fewer before one that gave more',
    [
      ['a1', 0],
      ['b1', 0],
      ['c2', 0],
      ['d2', 1],
    ],
    'a1 d2 b1 c2',
  ],
  [
    'of days that gave as many the lower id',
    [
      ['a1', 1],
      ['b1', 0],
    ],
    'a1 b1',
  ],
  [
    'days evenly, whatever their topics',
    [
      ['a1', 0],
      ['b2', 0],
      ['c2', 1],
      ['d3', 0],
      ['e3', 1],
      ['f3', 2],
    ],
    'd3 c2 a1 f3 b2 e3',
  ],
] as [string, [string, number][], string][])('unvoted papers: %s', (_, papers, ids) => {
  expect(order(papers.map(([id, day]) => placed(id, day)))).toBe(ids);
});

test('papers with votes come before those without, which have at most two of a topic too', () => {
  const voxels = ['v1', 'v2', 'v3'].map((id) =>
    unvoted(id, '2025-03-10', `Sparse voxel volume rendering ${id}`),
  );
  const voted = paperOf({ id: 'z', title: 'Protein folding at scale', upvotes: 0 });
  const papers = [...voxels, unvoted('a', '2025-03-11', 'Whale song'), voted];
  const chosen = choose(rank(papers), 10);
  const ids = chosen.map(({ scored, verdict }) => `${scored.paper.paperId} ${verdict}`);
  expect(ids).toEqual(['z in', 'v1 in', 'a in', 'v2 in', 'v3 third of its topic']);
  expect(choose(rank(papers.toReversed()), 10)).toEqual(chosen);
});

test('old papers of arXiv are without votes though nothing says so; a paper of any other source has them', () => {
  const { voted, ...before } = unvoted('a');
  expect(voted).toBe(false);
  const sources = ['arxiv', 'hugging-face', 'file', 'anything'];
  expect(sources.map((source) => isVoted({ ...before, source }))).toEqual([false, true, true, true]);
  expect(isVoted({ ...before, source: 'file', voted: false })).toBe(false);
});

test.each([
  [[], 'all'],
  [[paperOf({ upvotes: 0 })], 'all'],
  [[paperOf({}), unvoted('a')], 'some'],
  [[unvoted('a')], 'none'],
] as const)('what is said of papers goes by themselves', (papers, votes) => {
  expect(votesIn(papers)).toBe(votes);
});

test.each([
  [[], 'some'],
  [['hugging-face'], 'all'],
  [['arxiv'], 'none'],
  [['arxiv', 'hugging-face'], 'some'],
  [['file', 'file'], 'some'],
  [['hugging-face', 'file'], 'some'],
] as const)('a newsletter with the sources %j has votes on %s of its papers', (kinds, votes) => {
  expect(votesFrom(kinds.map((kind) => ({ kind })))).toBe(votes);
});

test('programs get no upvotes of a paper that nobody votes on', () => {
  const period = { from: '2025-03-10', to: '2025-03-16' };
  const papers = [{ paper: paperOf({ upvotes: 3 }) }, { paper: unvoted('a') }];
  const { papers: entries } = listing({ period, total: 2, papers }) as { papers: { upvotes?: number }[] };
  expect(entries.map(({ upvotes }) => upvotes)).toEqual([3, undefined]);
});
