/** Answers in the shapes that Hugging Face and arXiv have given since 2024, of papers that nobody wrote. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArxivEntry } from '../../lambdas/sources/arxiv';
import { feedIn, readAtom } from '../../lambdas/sources/atom';
import { readEach } from '../../lambdas/sources/batch';
import { newestDay, readEntry } from '../../lambdas/sources/hugging-face';

const answer = (name: string): string => readFileSync(join(__dirname, '..', 'inputs', name), 'utf8');

const now = new Date('2025-11-06T00:00:00Z');

/** As the source reads the list of a day that its address names. */
function listed(name: string) {
  const entries = JSON.parse(answer(`hugging-face/${name}.json`)) as unknown[];
  return readEach('x', entries, (entry) => readEntry(entry, now, newestDay(entries, now)));
}

describe('answers of the Hugging Face API', () => {
  test.each([
    ['2024-06-20', 5, '2024-06-20'],
    ['2025-03-19', 6, '2025-03-18'], // its newest entry is of the evening before
    ['2025-11-05', 6, '2025-11-05'],
  ])('the list of %s has %d papers, all of one day', (list, size, day) => {
    const { papers, problems } = listed(list);
    expect(problems).toEqual([]);
    expect(papers).toHaveLength(size);
    expect(new Set(papers.map(({ listedOn }) => listedOn))).toEqual(new Set([day]));
    const onArxiv = papers.filter(({ paperId }) => /^\d{4}\.\d{5}$/.test(paperId));
    expect(onArxiv.length).toBeGreaterThanOrEqual(size - 1);
    for (const { paperId, links } of onArxiv) expect(links.paper).toBe(`https://arxiv.org/abs/${paperId}`);
  });

  test('whatever an entry has or lacks, what it says of the paper is read', () => {
    const { papers } = listed('2025-11-05');
    expect(papers[0]).toMatchObject({
      paperId: '2511.99910',
      authors: ['Ada Winterbourne', 'Kwame Boateng'],
      publishedOn: '2025-11-02',
      comments: 7,
      last: { upvotes: 187 },
      links: { code: 'https://github.com/example-lab/second-guess' },
    });
    expect(papers[1]?.links.project).toBe('https://kelp.example.org/');
    expect(papers[4]).not.toHaveProperty('comments', expect.any(Number));
    expect(papers[5]).toMatchObject({
      paperId: 'example-lab/a-post-about-nothing',
      links: { paper: 'https://huggingface.co/papers/example-lab/a-post-about-nothing' },
    });
  });
});

/** What its entries are, and what was wrong with any. */
function read(name: string) {
  const { entries } = readAtom(answer(`arxiv/${name}`));
  return readEach('x', entries, (entry) => readArxivEntry(entry, now, '2025-11-05'));
}

describe('answers of the arXiv API', () => {
  test.each([
    ['page-of-many.xml', ['cs/0303999', '2503.99901', '2503.99902', '2511.99903']],
    ['by-old-ids.xml', ['0704.9990', 'hep-th/9901999']],
    ['nothing-found.xml', []],
  ])('every entry of %s is a paper with categories and authors, without its version', (name, ids) => {
    const { papers, problems } = read(name);
    expect(problems).toEqual([]);
    expect(papers.map(({ paperId }) => paperId)).toEqual(ids);
    for (const { authors, categories, publishedOn, abstract } of papers) {
      expect(authors.length).toBeGreaterThan(0);
      expect(categories?.length).toBeGreaterThan(0);
      expect(publishedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(abstract.length).toBeGreaterThan(100);
    }
  });

  test('a page says how many there are in all', () => {
    expect(readAtom(answer('arxiv/page-of-many.xml')).total).toBe(318_402);
    expect(readAtom(answer('arxiv/nothing-found.xml'))).toMatchObject({ total: 0, entries: [] });
  });

  test('what it complains of is told, and is no paper', () => {
    const text = answer('arxiv/error-400.xml');
    for (const status of [200, 400])
      expect(() =>
        feedIn('https://export.arxiv.org/api/query', { status, text, headers: new Headers() }),
      ).toThrow('arXiv says: incorrect id format for no-number');
  });
});
