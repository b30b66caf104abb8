/** A source that is down, slow, too large or full of nonsense costs its own papers only, and is reported. */
import { lambdaContext } from '../../local/lambda-context';
import type { Question, SiteFault } from '../../local/paper-sites';
import { freezeDate } from '../world';
import {
  asksApi,
  asksFeed,
  asksList,
  entry,
  ingest,
  listedWith,
  liveWorld,
  MONDAY,
  newId,
  paper,
  pauses,
  sites,
} from './live-world';

liveWorld();

const html: SiteFault = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><p>Hi',
};
const bomb = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><feed><title>&b;</title></feed>`;

test.each<[string, (question: Question) => boolean, SiteFault, string]>([
  ['Hugging Face is down', asksList, { status: 503 }, 'it answers 503'],
  ['Hugging Face breaks off', asksList, 'cut', 'fetch'],
  ['Hugging Face floods', asksList, 'flood', 'more than 12000000 bytes'],
  ['Hugging Face answers HTML', asksList, html, 'JSON'],
  ['Hugging Face answers half', asksList, { status: 200, body: '[{"paper":{"id":' }, 'JSON'],
  [
    'Hugging Face is busy for hours',
    asksList,
    { status: 429, headers: { 'retry-after': '7200' } },
    'it answers 429',
  ],
  ['the feed is down', asksFeed, { status: 503 }, 'it answers 503'],
  ['the feed floods', asksFeed, 'flood', 'more than 12000000 bytes'],
  ['the feed is HTML', asksFeed, html, 'document type'],
  ['the feed is a bomb', asksFeed, { status: 200, body: bomb }, 'document type'],
  ['the feed breaks off', asksFeed, { status: 200, body: '<feed><entry><id>' }, 'Invalid'],
])('%s', async (what, fails, fault, reason) => {
  sites.lists.set('2025-03-14', [entry(newId(), `Listed while ${what}`)]);
  sites.feed.papers = [paper(newId(), `Announced while ${what}`)];
  sites.fault = (question) => (fails(question) ? fault : undefined);
  const { problems, sources } = await ingest();
  const isList = fails === asksList;
  expect(await listedWith(`Listed while ${what}`)).toHaveLength(isList ? 0 : 1);
  expect(await listedWith(`Announced while ${what}`)).toHaveLength(isList ? 1 : 0);
  expect(sources[isList ? 0 : 1]?.failed).toBeGreaterThan(0);
  expect(sources[isList ? 1 : 0]).toMatchObject({ papers: 1, failed: 0 });
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.filter((problem) => !problem.reason.includes(reason))).toEqual([]);
});

test('one that is slow has no more than its share of the time', async () => {
  const { handler } = await import('../../lambdas/ingest-papers');
  jest.useRealTimers();
  sites.lists.set('2025-03-14', [entry(newId(), 'Slow list')]);
  sites.feed = { day: new Date().toISOString().slice(0, 10), papers: [paper(newId(), 'Swift feed')] };
  sites.fault = (question) =>
    asksList(question) ? 'silence' : asksApi(question) ? { status: 500 } : undefined;
  // five seconds are kept back, and of the others each source has a half
  const { sources, problems } = await handler({}, lambdaContext('ingest-papers', 11));
  expect(problems[0]?.reason).toContain('in the time left');
  expect(sources).toMatchObject([
    { kind: 'hugging-face', papers: 0, failed: 1 },
    { kind: 'arxiv', papers: 1 },
  ]);
  freezeDate(MONDAY);
});

test('one that is busy or down for a moment costs nothing', async () => {
  sites.lists.set('2025-03-14', [entry(newId(), 'After a moment')]);
  const moment: SiteFault[] = [
    { status: 429, headers: { 'retry-after': '9' } },
    { status: 503 },
    { status: 503 },
  ];
  sites.fault = (question) => (question.query.get('date') === '2025-03-14' ? moment.shift() : undefined);
  const { problems } = await ingest();
  expect(problems).toEqual([]);
  expect(await listedWith('After a moment')).toHaveLength(1);
  expect(pauses[0]).toBe(9_000);
});
test('bad entries are reported by their place and their field, and the others are kept', async () => {
  const [id, other] = [newId(), newId()];
  sites.lists.set('2025-03-14', [
    entry(id, 'Bad company'),
    entry(`${id}v3`, 'Bad company, again'),
    entry(newId(), ''),
    { ...entry(newId(), 'Bad company to come'), _daily: '2099-01-01' },
    entry(newId(), 'Bad company of 2 MB', 1, { summary: 'x'.repeat(2_000_000) }),
    entry(newId(), 'Bad company of many', 1, {
      authors: Array.from({ length: 10_000 }, () => ({ name: 'A' })),
    }),
    'nonsense',
  ]);
  sites.feed.papers = [paper(other, 'Bad company'), paper(newId(), '\u200b'), paper('no id', 'Bad company')];
  const { problems, papers: count } = await ingest();
  expect(problems.map(({ where, reason }) => `${where}: ${reason.slice(0, 30)}`)).toEqual([
    `Hugging Face 2025-03-14, entry 2: the id ${id} is that of an`.slice(0, 64),
    'Hugging Face 2025-03-14, entry 3: title is empty',
    'Hugging Face 2025-03-14, entry 4: the day it was listed, 2099-01',
    'Hugging Face 2025-03-14, entry 5: paper.summary is longer than 1',
    'Hugging Face 2025-03-14, entry 6: authors has more than 6,000 it',
    'Hugging Face 2025-03-14, entry 7: the entry must be an object',
    'arXiv feed, entry 2: title is empty',
    'arXiv feed, entry 3: id is not a valid arXiv id',
  ]);
  expect(count).toBe(2);
});
