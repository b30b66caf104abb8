/** arXiv over the wire: its feed first, its API slowly and patiently. */
import { submitted } from '../../lambdas/sources/arxiv-api';
import { announced, type Arxiv } from '../../lambdas/sources/arxiv-feed';
import type { ArxivPaper } from '../../local/arxiv-xml';
import { complaintXml, queryXml } from '../../local/arxiv-xml';
import { startPaperSites, type PaperSites, type SiteFault } from '../../local/paper-sites';
import { now } from '../mails';
import { all, patient } from './patient';

let sites: PaperSites;
let source: Arxiv;
beforeEach(async () => {
  sites = await startPaperSites();
  source = { kind: 'arxiv', categories: ['cs.CV', 'cs.CL'], feedUrl: sites.url, url: sites.url };
});
afterEach(() => sites.close());

const paper = (n: number, change: Partial<ArxivPaper> = {}): ArxivPaper => ({
  id: `2503.${String(n).padStart(5, '0')}v1`,
  title: `Paper ${n}`,
  abstract: 'S',
  authors: ['Ada Lovelace'],
  categories: ['cs.CL'],
  submittedAt: '2025-03-12T15:00:00Z',
  ...change,
});
const papers = (count: number, change: Partial<ArxivPaper> = {}) =>
  Array.from({ length: count }, (_, n) => paper(n, change));

const feed = () => announced(source, now, patient());
const slowly = () => patient(600_000, { spacing: 3_000 });
const slice = (asked = slowly()) => all(submitted(source, '2025-03-13', now, asked));
const page = (total: number, some: ArxivPaper[]): SiteFault => ({
  status: 200,
  body: queryXml(total, 0, some),
});

describe('the feed', () => {
  test('is asked for once for all categories, and has what is new or cross-listed', async () => {
    sites.feed = {
      day: '2025-03-17',
      papers: [
        paper(1),
        paper(2, { announceType: 'cross' }),
        paper(3, { announceType: 'replace' }),
        paper(4, { announceType: 'replace-cross' }),
      ],
    };
    const read = await feed();
    expect(read).toMatchObject({ day: '2025-03-17', isWhole: true, problems: [] });
    expect(read.papers.map(({ paperId, listedOn }) => [paperId, listedOn])).toEqual([
      ['2503.00001', '2025-03-17'],
      ['2503.00002', '2025-03-17'],
    ]);
    expect(sites.questions.map(({ path }) => path)).toEqual(['/atom/cs.CV+cs.CL']);
  });

  test('is empty on a weekend, and that is fine', async () => {
    sites.feed = { day: '2025-03-16', papers: [] };
    expect(await feed()).toEqual({ where: 'arXiv feed', papers: [], problems: [], isWhole: true });
  });

  test('that claims to be of a day to come is of today, and one of long ago is none', async () => {
    sites.feed = { day: '2099-01-01', papers: [paper(1)] };
    expect((await feed()).papers[0]?.listedOn).toBe('2025-03-17');
    sites.feed.day = '2025-03-01';
    expect((await feed()).failed).toEqual(new Error('it is of 2025-03-01'));
  });

  test('with as many entries as a feed may have is not taken for whole', async () => {
    sites.feed = { day: '2025-03-17', papers: papers(2_000) };
    expect(await feed()).toMatchObject({ day: '2025-03-17', isWhole: false });
  });

  test('names a bad entry and goes on', async () => {
    sites.feed = { day: '2025-03-17', papers: [paper(1), paper(2, { title: '' }), paper(1), paper(3)] };
    const { papers: read, problems } = await feed();
    expect(read).toHaveLength(2);
    expect(problems).toEqual([
      { where: 'arXiv feed, entry 2', reason: 'title is empty' },
      { where: 'arXiv feed, entry 3', reason: 'the id 2503.00001 is that of an entry before' },
    ]);
  });

  test.each<[string, SiteFault, string]>([
    ['is down', { status: 503 }, "Can't fetch"],
    ['is HTML', { status: 200, body: '<html><p>Hi</html>' }, 'p'],
    ['breaks off', 'cut', "Can't fetch"],
    [
      'knows a category not',
      { status: 400, body: complaintXml('Bad subject class') },
      'arXiv says: Bad subject class',
    ],
    ['is forbidden', { status: 403, body: '<!doctype html><p>Forbidden' }, "Can't fetch"],
  ])('that %s is told', async (_, fault, words) => {
    sites.fault = () => fault;
    const read = await feed();
    expect(read).toMatchObject({ papers: [], isWhole: false });
    expect(read.failed?.message).toContain(words);
  });
});

describe('the API', () => {
  test('is asked for a day’s slice, page by page over one connection, with three seconds before each', async () => {
    sites.submissions = [
      ...papers(250),
      paper(900, { submittedAt: '2025-03-11T17:59:00Z' }),
      paper(901, { submittedAt: '2025-03-12T19:01:00Z' }),
      paper(902, { categories: ['math.AG'] }),
      paper(903, { categories: ['cs.LG', 'cs.CV'] }),
    ];
    const asked = slowly();
    const batches = await slice(asked);
    expect(batches.map(({ papers: { length } }) => length)).toEqual([100, 100, 51]);
    expect(asked.pauses).toEqual([3_000, 3_000, 3_000]);
    expect(sites.connections).toBe(1);
    const [{ query } = { query: new URLSearchParams() }] = sites.questions;
    expect(Object.fromEntries(query)).toEqual({
      search_query: '(cat:cs.CV OR cat:cs.CL) AND submittedDate:[202503111800 TO 202503121900]',
      start: '0',
      max_results: '100',
      sortBy: 'submittedDate',
      sortOrder: 'ascending',
    });
    const [first] = batches[0]?.papers ?? [];
    expect(first).toMatchObject({ listedOn: '2025-03-13', publishedOn: '2025-03-12', source: 'arxiv' });
  });

  test('a whole archive is asked for by its categories', async () => {
    source.categories = ['hep-th', 'cs'];
    await slice();
    expect(sites.questions[0]?.query.get('search_query')).toContain(
      '(cat:hep-th OR cat:hep-th.* OR cat:cs OR cat:cs.*)',
    );
  });

  test('a page that is empty though there are more is asked for again', async () => {
    const answers = [page(2_000_000, []), page(2, []), page(2, papers(2))];
    sites.fault = ({ count }) => answers[count - 1];
    const [batch, ...more] = await slice();
    expect(batch?.papers).toHaveLength(2);
    expect(more).toEqual([]);
    expect(new Set(sites.questions.map(({ query }) => query.get('start')))).toEqual(new Set(['0']));
  });

  test('a page that stays empty is given up, and what came before it is kept', async () => {
    sites.fault = ({ query }) => (query.get('start') === '0' ? page(150, papers(100)) : page(150, []));
    const [first, second, ...more] = await slice();
    expect(first?.papers).toHaveLength(100);
    expect(second?.failed?.message).toMatch(/is empty, 4 times$/);
    expect(more).toEqual([]);
    expect(sites.questions).toHaveLength(5);
  });

  test('a slice without papers is one empty page', async () => {
    expect(await slice()).toEqual([{ where: 'arXiv 2025-03-13, page 1', papers: [], problems: [] }]);
    expect(sites.questions).toHaveLength(1);
  });

  test.each<[string, SiteFault, string]>([
    [
      'can’t read the query',
      { status: 400, body: complaintXml('incorrect query') },
      'arXiv says: incorrect query',
    ],
    [
      'complains with a 200',
      { status: 200, body: complaintXml('rate exceeded') },
      'arXiv says: rate exceeded',
    ],
    ['says no total', { status: 200, body: '<feed><entry/></feed>' }, "doesn't say how many"],
    ['is down', { status: 500 }, "Can't fetch"],
    ['answers text', { status: 200, body: 'Rate exceeded.' }, ''],
  ])('that %s is told', async (_, fault, words) => {
    sites.fault = () => fault;
    const [batch, ...more] = await slice();
    expect(batch?.failed?.message).toContain(words);
    expect(more).toEqual([]);
  });

  test('is not asked any longer than there is time', async () => {
    sites.submissions = papers(1_000);
    const batches = await slice(patient(10_000, { spacing: 3_000 }));
    expect(batches.map(({ failed }) => failed?.message.startsWith("Can't fetch"))).toEqual([
      undefined,
      undefined,
      undefined,
      true,
    ]);
  });
});
