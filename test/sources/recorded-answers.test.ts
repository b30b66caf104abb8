/** Recorded answers in ../shared/data/fixtures, no part of the project: skipped where they are missing. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readArxivEntry } from '../../lambdas/sources/arxiv';
import { readAtom } from '../../lambdas/sources/atom';
import { readEach } from '../../lambdas/sources/batch';
import { readPaperFile } from '../../lambdas/sources/paper-file';

const FOLDER = join(__dirname, '..', '..', '..', 'shared', 'data', 'fixtures');
const there = existsSync(FOLDER);
if (!there) console.warn('recorded-answers.test.ts skips its cases: ../shared/data/fixtures is missing');

const now = new Date('2025-11-01T00:00:00Z');

(there ? describe : describe.skip)('recorded answers of the Hugging Face API', () => {
  test.each([
    ['2024-06-13', 21, '2024-06-13'],
    ['2025-03-12', 23, '2025-03-11'], // its newest entry is of the evening before
    ['2025-10-30', 20, '2025-10-30'],
  ])('the list of %s has %d papers, all of one day', (list, size, day) => {
    const { papers, problems } = readPaperFile(readFileSync(join(FOLDER, 'hf', `${list}.json`), 'utf8'), now);
    expect(problems).toEqual([]);
    expect(papers).toHaveLength(size);
    expect(new Set(papers.map(({ listedOn }) => listedOn))).toEqual(new Set([day]));
    expect(papers.every(({ links }) => links.paper.startsWith('https://arxiv.org/abs/'))).toBe(true);
  });
});

(there ? describe : describe.skip)('recorded answers of the arXiv API', () => {
  const Recorded = z.object({ status_code: z.number(), body: z.string() });
  const names = there ? readdirSync(join(FOLDER, 'arxiv')).filter((name) => name.endsWith('.json')) : [];
  const answers = names.map((name) =>
    Recorded.parse(JSON.parse(readFileSync(join(FOLDER, 'arxiv', name), 'utf8'))),
  );

  test('every entry is a paper with categories and authors, and a complaint is told', () => {
    const good = answers.filter((answer) => answer.status_code === 200).map(({ body }) => readAtom(body));
    const entries = good.flatMap((feed) => feed.entries);
    const { papers, problems } = readEach('x', entries, (entry) => readArxivEntry(entry, now, '2025-10-30'));
    expect(problems).toEqual([]);
    expect(papers.length).toBeGreaterThan(10);
    for (const { authors, categories, publishedOn, abstract } of papers) {
      expect(authors.length).toBeGreaterThan(0);
      expect(categories?.length).toBeGreaterThan(0);
      expect(publishedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(abstract.length).toBeGreaterThan(100);
    }
    expect(Math.max(...good.map(({ total }) => total ?? 0))).toBeGreaterThan(200_000);
    const bad = answers.filter((answer) => answer.status_code === 400);
    expect(bad).toHaveLength(1);
    for (const { body } of bad)
      expect(() => readAtom(body)).toThrow('arXiv says: incorrect id format for abc');
  });
});
