/** The same paper from both sources, in whatever order: one item in the table, with the best of both. */
import * as papers from '../../lambdas/aws/papers';
import { entry, ingest, kept, listedWith, liveWorld, newId, paper, sites } from './live-world';

liveWorld();

const both = {
  title: 'As the community calls it',
  abstract: 'By the community.',
  authors: ['Ada Lovelace'],
  listedOn: '2025-03-14',
  categories: ['cs.CL', 'cs.AI'],
  comments: 2,
  source: 'hugging-face',
};
const asCommunity = (id: string, upvotes: number) =>
  sites.lists.set('2025-03-14', [entry(id, both.title, upvotes, { githubRepo: 'https://github.com/a/b' })]);
const asArxiv = (id: string) => (sites.feed.papers = [paper(id, 'As arXiv calls it')]);

test.each([
  ['at once', ['both']],
  ['the list first', ['list', 'feed']],
  ['the feed first', ['feed', 'list']],
  ['the feed before and after', ['feed', 'list', 'feed', 'feed']],
])('a paper from both sources is one paper: %s', async (_, runs) => {
  const id = newId();
  for (const [n, run] of runs.entries()) {
    jest.setSystemTime(new Date(`2025-03-17T1${n}:00:00Z`));
    sites.lists.clear();
    sites.feed.papers = [];
    if (run !== 'feed') asCommunity(`${id}v2`, 40);
    if (run !== 'list') asArxiv(id);
    await ingest();
  }
  const found = await kept(id);
  expect(found).toMatchObject(both);
  expect(found?.links).toMatchObject({
    code: 'https://github.com/a/b',
    discussion: `https://huggingface.co/papers/${id}`,
  });
  const at = `2025-03-17T1${runs.indexOf('list') === -1 ? 0 : runs.indexOf('list')}:00:00.000Z`;
  expect(found).toMatchObject({ first: { upvotes: 40, at }, last: { upvotes: 40, at } });
  expect(found?.voted).toBeUndefined();
});

test('upvotes are kept as they were first and last read, each with its time, whatever arXiv says in between', async () => {
  const id = newId();
  for (const [hour, upvotes] of [
    [10, undefined],
    [11, 3],
    [12, undefined],
    [13, 40],
    [14, 38],
  ] as const) {
    jest.setSystemTime(new Date(`2025-03-17T${hour}:00:00Z`));
    sites.lists.clear();
    sites.feed.papers = [];
    if (upvotes === undefined) asArxiv(id);
    else asCommunity(id, upvotes);
    await ingest();
  }
  expect(await kept(id)).toMatchObject({
    first: { upvotes: 3, at: '2025-03-17T11:00:00.000Z' },
    last: { upvotes: 38, at: '2025-03-17T14:00:00.000Z' },
  });
});

test('what only arXiv has has no upvotes, and stays on the day of its first announcement', async () => {
  const id = newId();
  asArxiv(id);
  await ingest();
  jest.setSystemTime(new Date('2025-03-18T12:00:00Z'));
  sites.feed = {
    day: '2025-03-18',
    papers: [paper(id, 'Cross-listed', { announceType: 'cross', categories: ['cs.LG'] })],
  };
  await ingest();
  const none = { upvotes: 0, at: '2025-03-17T12:00:00.000Z' };
  expect(await kept(id)).toMatchObject({
    title: 'As arXiv calls it',
    listedOn: '2025-03-17',
    categories: ['cs.LG'],
    first: none,
    last: none,
    source: 'arxiv',
    voted: false,
  });
});

test('a paper is one under two ids as well, if they have one title', async () => {
  const id = newId();
  sites.lists.set('2025-03-14', [entry('blog-post-of-ours', 'A Post: That Became “a Paper”', 7)]);
  sites.feed.papers = [paper(id, 'A post that became a paper'), paper(newId(), 'A post that stayed a post')];
  await ingest();
  expect(await kept(id)).toBeUndefined();
  expect(await kept('blog-post-of-ours')).toMatchObject({ title: 'A Post: That Became “a Paper”' });
  expect(await listedWith('stayed a post')).toHaveLength(1);
});

test('an announcement of what was listed the week before makes no newer week', async () => {
  const id = newId();
  jest.setSystemTime(new Date('2025-04-14T12:00:00Z'));
  sites.lists.set('2025-04-11', [entry(id, 'Listed on Friday')]);
  await ingest();
  sites.feed = {
    day: '2025-04-14',
    papers: [paper(id, 'Cross-listed on Monday', { announceType: 'cross' })],
  };
  await ingest();
  expect(await papers.newestWeek()).toBe('2025-W15');
});

test('a second reading of the same moment counts, so that a run can be done again', async () => {
  const id = newId();
  for (const upvotes of [3, 4]) {
    asCommunity(id, upvotes);
    await ingest();
  }
  expect((await kept(id))?.last.upvotes).toBe(4);
});
