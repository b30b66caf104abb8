/** Answers of the Hugging Face API in ../shared/data/fixtures/hf, no part of the project: skipped where they are missing. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPaperFile } from '../../lambdas/sources/paper-file';

const FOLDER = join(__dirname, '..', '..', '..', 'shared', 'data', 'fixtures', 'hf');
const there = existsSync(FOLDER);
if (!there) console.warn('recorded-answers.test.ts skips its cases: ../shared/data/fixtures/hf is missing');

const now = new Date('2025-11-01T00:00:00Z');

(there ? describe : describe.skip)('recorded answers of the API', () => {
  test.each([
    ['2024-06-13', 21, '2024-06-13'],
    ['2025-03-12', 23, '2025-03-11'], // its newest entry is of the evening before
    ['2025-10-30', 20, '2025-10-30'],
  ])('the list of %s has %d papers, all of one day', (list, size, day) => {
    const { papers, problems } = readPaperFile(readFileSync(join(FOLDER, `${list}.json`), 'utf8'), now);
    expect(problems).toEqual([]);
    expect(papers).toHaveLength(size);
    expect(new Set(papers.map(({ listedOn }) => listedOn))).toEqual(new Set([day]));
    expect(papers.every(({ links }) => links.paper.startsWith('https://arxiv.org/abs/'))).toBe(true);
  });
});
