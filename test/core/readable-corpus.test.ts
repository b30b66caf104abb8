/** Titles and abstracts as Hugging Face and arXiv have them, read as a whole: nothing of them gets lost. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isChanged, textRules, textsIn } from '../../bench/evaluation-texts';
import { readable } from '../../lambdas/core/readable';
import { readAtom } from '../../lambdas/sources/atom';

const ROOT = join(__dirname, '..', '..');
const INPUTS = join(ROOT, 'test', 'inputs');
const filesOf = (folder: string): string[] =>
  readdirSync(join(INPUTS, folder)).map((name) => readFileSync(join(INPUTS, folder, name), 'utf8'));

const listed = filesOf('hugging-face').flatMap((text) => JSON.parse(text) as unknown[]);
const announced = filesOf('arxiv')
  .filter((text) => !text.includes('/api/errors'))
  .flatMap((text) => readAtom(text).entries.map((paper) => ({ paper })));
const samples = readFileSync(join(ROOT, 'local', 'sample-papers.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): unknown => JSON.parse(line));

const texts = [listed, announced, samples].map(textsIn);
const all = texts.flat();

test('all of them are read, and many become other than they were', () => {
  expect(texts.map(({ length }) => length)).toEqual([34, 12, 122]);
  expect(all.filter(isChanged).length).toBeGreaterThan(25);
});

test.each(textRules)('of titles and abstracts %s', (_, wrong) => {
  const broken = all.map((text) => ({ text, why: wrong(text, readable(text)) })).filter(({ why }) => why);
  expect(broken).toEqual([]);
});
