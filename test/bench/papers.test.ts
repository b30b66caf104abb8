/** What `npm run bench -- papers` makes of files: what the repository has, what others name, and what is no use. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateEarlyChoice, evaluateEditions } from '../../bench/evaluation-editions';
import { readJudged, weeksFor } from '../../bench/evaluation-papers';
import { evaluateKnownSearch, evaluateSearches } from '../../bench/evaluation-searches';
import type { Named } from '../../bench/files';

const ROOT = join(__dirname, '..', '..');
const SAMPLES = { option: 'papers', file: join(ROOT, 'local', 'sample-papers.jsonl') };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  jest.spyOn(console, 'log').mockReturnValue();
});
afterAll(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** A file with this in it, as if an option had named it. */
function named(option: string, content: unknown): Named {
  const file = join(folder, option);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return { option, file };
}

const judged = () => readJudged(SAMPLES);

test('the papers of the demo make editions without repeats, in weeks that end with their own', () => {
  const papers = judged().map(({ paper }) => paper);
  const weeks = weeksFor(papers);
  expect(papers).toHaveLength(61);
  expect(weeks.at(-1)).toEqual({ from: '2025-03-10', to: '2025-03-16' });
  expect(evaluateEditions(papers, weeks)).toBe(0);
  expect(evaluateSearches(judged(), weeks)).toBeUndefined(); // they have no keywords
});

/** As Hugging Face lists it. */
const entry = (n: number, title: string, ai_keywords: string[]) => ({
  paper: { id: `2503.${10_000 + n}`, title, summary: 'x', authors: [], upvotes: n, ai_keywords },
  _daily: '2025-03-11',
});

test('searches are judged by keywords that they don’t see', () => {
  const some = Array.from({ length: 25 }, (_, n) => entry(n, `Other ${n}`, ['others']));
  const papers = readJudged(named('papers', [...some, entry(90, 'On world models', ['world models'])]));
  const figures = evaluateSearches(papers, weeksFor(papers.map(({ paper }) => paper)));
  expect(figures).toEqual({ searchMap: 1, upvotesOnlyMap: 1 });
});

/** Three are not seen early, and have most upvotes in the end. */
const risen = (n: number) => ({
  id: `2412.${10_000 + n}`,
  daily: '2024-12-10',
  capturedAt: '2024-12-10T17:00:00Z',
  upvotes_early: n < 3 ? 0 : 100 - n,
  upvotes_final: 200 - n,
});

test('of the ten that end with most upvotes those are counted that were chosen early', () => {
  const early = named(
    'early',
    Array.from({ length: 40 }, (_, n) => risen(n)),
  );
  expect(evaluateEarlyChoice(early)).toBe(7);
});

test('a search whose answer is known is looked for among other papers', () => {
  const papers = Array.from({ length: 4 }, (_, n) => ({
    title: `Voxel volume ${n}`,
    abstract: 'Sparse voxels.',
  }));
  const figures = evaluateKnownSearch(named('found', { papers }), judged());
  expect(figures).toEqual({ seedRecallAt120: 1, seedPrecisionAt20: 0.2 });
});

const early = (file: Named) => evaluateEarlyChoice(file);
const found = (file: Named) => evaluateKnownSearch(file, judged());

test.each<[what: string, read: (file: Named) => unknown, content: unknown, why: string]>([
  ['an empty file', readJudged, '', 'it is empty'],
  ['a line that is cut', readJudged, '{"paper":{}}\n{"pap', 'line 2 is not JSON'],
  ['an array that is cut', readJudged, '[{"paper":', 'it is not JSON'],
  [
    'papers of another shape',
    readJudged,
    [{ id: 1 }],
    'none of its entries is a paper as Hugging Face lists it',
  ],
  [
    'upvotes that are text',
    early,
    [{ id: 'a', daily: '2024-12-10', upvotes_early: '9' }],
    'it must hold an array of',
  ],
  ['early upvotes that are no array', early, {}, 'at its top level: expected array'],
  ['a search that found nothing', found, { papers: [] }, 'it must hold an object with papers'],
  ['a search that is no JSON', found, 'sparse voxels', 'it is not JSON'],
])('%s is told in one sentence', (_, read, content, why) => {
  const file = named('file', content);
  const words = new RegExp(`^Can't use --file ${file.file}: [^\\n]{5,200}$`);
  expect(() => read(file)).toThrow(words);
  expect(() => read(file)).toThrow(why);
});

test.each([
  ['no file', '/nowhere/papers.jsonl', 'there is no such file'],
  ['a folder', ROOT, 'it is a folder'],
])('%s is told in one sentence', (_, file, why) => {
  expect(() => readJudged({ option: 'papers', file })).toThrow(`Can't use --papers ${file}: ${why}`);
});
