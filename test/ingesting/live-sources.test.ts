/** ingest-papers with both live sources, over the wire: what is kept, and how politely it was asked for. */
import * as papers from '../../lambdas/aws/papers';
import { startPaperSites, type Question } from '../../local/paper-sites';
import { linesOf } from '../lines';
import {
  asksApi,
  asksFeed,
  asksList,
  entry,
  ingest,
  listedWith,
  liveWorld,
  newId,
  paper,
  pauses,
  secretsAsked,
  sites,
  TOKEN,
  world,
} from './live-world';

liveWorld();

test('what the community lists and what arXiv announces is kept, and counted by its source', async () => {
  sites.lists.set(
    '2025-03-14',
    Array.from({ length: 130 }, () => entry(newId(), 'Happy list')),
  );
  sites.feed.papers = [
    paper(newId(), 'Happy feed'),
    paper(newId(), 'Happy feed', { announceType: 'cross' }),
    paper(newId(), 'Happy feed, once more', { announceType: 'replace' }),
  ];
  sites.submissions = [paper(newId(), 'Happy slice', { submittedAt: '2025-03-11T15:00:00Z' })];
  expect(await ingest()).toEqual({
    papers: 133,
    newestWeek: '2025-W12',
    problems: [],
    sources: [
      { kind: 'hugging-face', papers: 130, problems: 0, failed: 0 },
      { kind: 'arxiv', papers: 3, problems: 0, failed: 0 },
    ],
  });
  expect((await listedWith('Happy list')).map(({ listedOn }) => listedOn)).toEqual(
    Array.from({ length: 130 }, () => '2025-03-14'),
  );
  expect(await listedWith('Happy feed')).toHaveLength(2);
  // at the first run the API makes up for ten days, slowly
  expect(sites.questions.filter(asksApi)).toHaveLength(6);
  expect(pauses).toEqual([3_000, 3_000, 3_000, 3_000, 3_000, 3_000]);
  const [slice] = await listedWith('Happy slice');
  expect(slice).toMatchObject({ listedOn: '2025-03-12', publishedOn: '2025-03-11' });
});

test('the API is asked only for the days whose feed nobody read', async () => {
  await ingest();
  expect(sites.questions.filter(asksApi)).toEqual([]); // the test before has read the ten days before, and the feed of Monday
  jest.setSystemTime(new Date('2025-03-18T12:00:00Z'));
  sites.feed = { day: '2025-03-18', papers: [paper(newId(), 'Of Tuesday')] };
  await ingest();
  expect(sites.questions.filter(asksApi)).toEqual([]);
  jest.setSystemTime(new Date('2025-03-20T12:00:00Z'));
  sites.feed = { day: '2025-03-20', papers: [paper(newId(), 'Of Thursday')] };
  sites.submissions = [paper(newId(), 'Of Wednesday', { submittedAt: '2025-03-18T12:00:00Z' })];
  await ingest();
  expect(sites.questions.filter(asksApi).map(({ query }) => query.get('search_query'))).toEqual([
    '(cat:cs.CV OR cat:cs.CL) AND submittedDate:[202503171800 TO 202503181900]',
  ]);
  expect((await listedWith('Of Wednesday'))[0]?.listedOn).toBe('2025-03-19');
  expect(pauses).toEqual([3_000]);
  expect(await papers.announcedUntil()).toBe('2025-03-20');
});

test('a day whose slice could not be had is asked for again the next time', async () => {
  jest.setSystemTime(new Date('2025-03-22T12:00:00Z')); // a Saturday: the feed is empty
  sites.feed = { day: '2025-03-22', papers: [] };
  sites.fault = (question) => (asksApi(question) ? { status: 500 } : undefined);
  const broken = await ingest();
  expect(broken.sources[1]).toMatchObject({ failed: 1 });
  expect(broken.problems).toMatchObject([
    { where: 'arXiv 2025-03-21', reason: expect.stringContaining('it answers 500') as string },
  ]);
  expect(await papers.announcedUntil()).toBe('2025-03-20');
  sites.fault = () => undefined;
  sites.submissions = [paper(newId(), 'Of Friday', { submittedAt: '2025-03-20T12:00:00Z' })];
  await ingest();
  expect((await listedWith('Of Friday'))[0]?.listedOn).toBe('2025-03-21');
  expect(await papers.announcedUntil()).toBe('2025-03-21');
});

test('a period is read again from lists and from the API, and what is remembered of the days since stays', async () => {
  sites.lists.set('2025-03-04', [
    entry(newId(), 'Long ago'),
    entry(newId(), 'Elsewhen', 1, { submittedOnDailyAt: '2025-02-28T00:00:00Z' }),
  ]);
  sites.submissions = [paper(newId(), 'Long ago', { submittedAt: '2025-03-03T12:00:00Z' })];
  const ingested = await ingest({ period: { from: '2025-03-03', to: '2025-03-05' } });
  expect(ingested).toMatchObject({ papers: 2, newestWeek: '2025-W10' });
  expect(await listedWith('Long ago')).toHaveLength(2);
  expect(sites.questions.filter(asksFeed)).toEqual([]);
  expect(sites.questions.filter(asksList).map(({ query }) => query.get('date'))).toEqual([
    '2025-03-05',
    '2025-03-04',
    '2025-03-03',
  ]);
  expect(await papers.announcedUntil()).toBe('2025-03-21');
});

/** The tokens in the questions, each once. */
const told = (asks: (question: Question) => boolean): unknown[] => [
  ...new Set(sites.questions.filter(asks).map(({ headers }) => headers.authorization)),
];

test('the token goes to Hugging Face alone, and stands in no line of the log', async () => {
  const elsewhere = await startPaperSites();
  sites.lists.set('2025-03-14', [entry(newId(), '')]);
  sites.fault = ({ path, query }) =>
    query.get('date') === '2025-03-13'
      ? { status: 302, headers: { location: `${elsewhere.url}${path}` } }
      : undefined;
  const lines = await linesOf(ingest);
  await elsewhere.close();
  expect(secretsAsked.at(-1)).toEqual({ SecretId: 'paperboy/hugging-face' });
  expect(told(asksList)).toEqual([`Bearer ${TOKEN}`]);
  expect(told((question) => !asksList(question))).toEqual([undefined]);
  expect(elsewhere.questions).toEqual([]);
  expect(lines.map(({ fact }) => fact)).toEqual([
    'paper.unreadable',
    'source.failed',
    'source.ingested',
    'source.ingested',
    'papers.ingested',
  ]);
  expect(JSON.stringify(lines)).not.toContain(TOKEN);
  expect(sites.questions[0]?.headers['user-agent']).toBe(`Paperboy (+${world.machine.site})`);
});

test('before a build only what people vote on is read', async () => {
  const { ingest: run } = await import('../../lambdas/ingesting/ingest');
  sites.lists.set('2025-03-14', [entry(newId(), 'Before a build')]);
  const { sources } = await run({ only: 'voted', timeLeft: () => 60_000 });
  expect(sources).toEqual([{ kind: 'hugging-face', papers: 1, problems: 0, failed: 0 }]);
  expect(sites.questions.every(asksList)).toBe(true);
});
