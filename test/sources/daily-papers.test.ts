/** Hugging Face Daily Papers over the wire: which lists, all their pages, and what a broken one costs. */
import { dailyPapers, listDays } from '../../lambdas/sources/daily-papers';
import { startPaperSites, type PaperSites, type SiteFault } from '../../local/paper-sites';
import { now } from '../mails';
import { all, patient } from './patient';

let sites: PaperSites;
beforeEach(async () => {
  sites = await startPaperSites();
});
afterEach(() => sites.close());

const entry = (n: number, more: object = {}) => ({
  paper: {
    id: `2503.${String(n).padStart(5, '0')}`,
    title: `Paper ${n}`,
    summary: 'S',
    authors: [{ name: 'Ada Lovelace' }],
    upvotes: n,
    ...more,
  },
});
const entries = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => entry(from + n));
const DAY = '2025-03-14';
const read = (days = [DAY], manner = patient()) => all(dailyPapers(sites.url, days, now, manner));
const json = (value: unknown, headers = {}): SiteFault => ({
  status: 200,
  headers,
  body: JSON.stringify(value),
});
const pagesAsked = () =>
  sites.questions.map(({ query }) => [query.get('date'), query.get('limit'), query.get('p')]);

test('the lists of the last ten days are asked for, the newest first, none of a weekend', () => {
  expect(listDays(now)).toEqual([
    '2025-03-17',
    '2025-03-14',
    '2025-03-13',
    '2025-03-12',
    '2025-03-11',
    '2025-03-10',
  ]);
});

test('of a period its own lists are asked for, but none of days to come', () => {
  expect(listDays(now, { from: '2025-03-01', to: '2025-03-04' })).toEqual(['2025-03-04', '2025-03-03']);
  expect(listDays(now, { from: '2025-03-17', to: '2025-03-23' })).toEqual(['2025-03-17']);
  expect(listDays(now, { from: '2025-03-15', to: '2025-03-16' })).toEqual([]);
});

test('the lists of today opens at midnight UTC, when it is still yesterday in New York', () => {
  expect(listDays(new Date('2025-03-14T00:16:00Z'))[0]).toBe('2025-03-14');
});

test('a list is read with the day it was asked for', async () => {
  sites.lists.set(DAY, entries(1, 4));
  const [batch, ...more] = await read();
  expect(more).toEqual([]);
  expect(batch).toMatchObject({ where: 'Hugging Face 2025-03-14', problems: [] });
  expect(batch?.papers.map(({ paperId, listedOn }) => [paperId, listedOn])).toEqual([
    ['2503.00001', DAY],
    ['2503.00002', DAY],
    ['2503.00003', DAY],
  ]);
  expect(pagesAsked()).toEqual([[DAY, '100', null]]);
});

test('a long list is read page by page as the site links them', async () => {
  sites.lists.set(DAY, entries(0, 250));
  const batches = await read();
  expect(batches.map(({ papers }) => papers.length)).toEqual([100, 100, 50]);
  expect(new Set(batches.flatMap(({ papers }) => papers.map(({ paperId }) => paperId))).size).toBe(250);
  expect(pagesAsked().map(([, , page]) => page)).toEqual([null, '1', '2']);
});

test('a site that links no page is asked for pages by their number, until one is not full', async () => {
  sites.fault = ({ query }) =>
    json(
      entries(
        Number(query.get('p')) * 100,
        Number(query.get('p')) === 2 ? 200 : 100 + Number(query.get('p')) * 100,
      ),
    );
  const batches = await read();
  expect(batches.map(({ papers }) => papers.length)).toEqual([100, 100, 0]);
  expect(pagesAsked().map(([, , page]) => page)).toEqual([null, '1', '2']);
});

test('a site that answers the same page to every number is asked twice', async () => {
  sites.fault = () => json(entries(0, 100));
  expect((await read()).map(({ papers }) => papers.length)).toEqual([100, 0]);
});

test('a site that links pages without end is left after twenty', async () => {
  sites.fault = ({ count }) =>
    json([entry(count)], { link: `<${sites.url}/api/daily_papers?n=${count}>; rel="next"` });
  const batches = await read();
  expect(batches).toHaveLength(21);
  expect(batches.at(-1)?.failed?.message).toBe('it has more than 20 pages');
});

test('a page at another host is not followed, and said so', async () => {
  const other = await startPaperSites();
  sites.fault = () => json([entry(1)], { link: `<${other.url}/api/daily_papers?p=1>; rel="next"` });
  const [first, second, ...more] = await read([DAY], patient(60_000, { token: 'hf_x' }));
  expect(first?.papers).toHaveLength(1);
  expect(second?.failed?.message).toBe('its next page is at another host');
  expect(more).toEqual([]);
  expect(other.questions).toEqual([]);
  await other.close();
});

test.each([400, 404])('a day without a list (%d) is an empty day', async (status) => {
  sites.lists.set('2025-03-13', entries(1, 3));
  sites.fault = ({ query }) => (query.get('date') === DAY ? { status } : undefined);
  const batches = await read([DAY, '2025-03-13']);
  expect(batches.map(({ papers, failed }) => [papers.length, failed])).toEqual([[2, undefined]]);
});

test('a site that knows no list of any day has moved, and that is said', async () => {
  sites.fault = () => ({ status: 404 });
  const [batch] = await read([DAY, '2025-03-13']);
  expect(batch?.failed?.message).toBe(`${sites.url} has no list of any day`);
});

test.each<[string, SiteFault, string]>([
  ['HTML', { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><p>Hi' }, 'JSON'],
  ['JSON that breaks off', { status: 200, body: JSON.stringify(entries(1, 3)).slice(0, -10) }, 'JSON'],
  ['no list', { status: 200, body: '{"error":"x"}' }, 'must be a list'],
  ['nothing', { status: 200 }, 'JSON'],
])('%s instead of a list costs that list only', async (_, fault, words) => {
  sites.lists.set('2025-03-13', entries(1, 3));
  sites.fault = ({ query }) => (query.get('date') === DAY ? fault : undefined);
  const [broken, whole] = await read([DAY, '2025-03-13']);
  expect(broken?.failed?.message).toContain(words);
  expect(whole?.papers).toHaveLength(2);
});

test.each<[string, SiteFault]>([
  ['is down', { status: 503 }],
  ['refuses the token', { status: 401 }],
  ['breaks off', 'cut'],
])('a site that %s is not asked for the other lists', async (_, fault) => {
  sites.lists.set(DAY, entries(1, 3));
  sites.fault = ({ query }) => (query.get('date') === DAY ? undefined : fault);
  const [first, second, ...more] = await read([DAY, '2025-03-13', '2025-03-12']);
  expect(first?.papers).toHaveLength(2);
  expect(second?.failed?.message).toContain('date=2025-03-13');
  expect(more).toEqual([]);
  expect(pagesAsked().some(([date]) => date === '2025-03-12')).toBe(false);
});

test('of two entries with one id the second is told, and so is every entry that is wrong', async () => {
  const bad = [entry(1), entry(2, { title: '' }), null, entry(3, { id: '2503.00001v2', upvotes: 9 })];
  sites.lists.set(DAY, [...bad, { ...entry(4), _daily: '2099-01-01' }]);
  const [batch] = await read();
  expect(batch?.papers.map(({ paperId, last }) => [paperId, last.upvotes])).toEqual([['2503.00001', 1]]);
  expect(batch?.problems).toEqual([
    { where: 'Hugging Face 2025-03-14, entry 2', reason: 'title is empty' },
    { where: 'Hugging Face 2025-03-14, entry 3', reason: expect.stringContaining('the entry ') as string },
    { where: 'Hugging Face 2025-03-14, entry 4', reason: 'the id 2503.00001 is that of an entry before' },
    {
      where: 'Hugging Face 2025-03-14, entry 5',
      reason: 'the day it was listed, 2099-01-01, is in the future',
    },
  ]);
});
