/** `papers import FILE`, run as the operator runs it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importPapers } from '../../cli/import-papers';
import { skippedLines } from '../../cli/import-words';
import * as papers from '../../lambdas/aws/papers';
import { startWorld, type World } from '../world';
import { paperboy, ROOT } from './paperboy';

let folder: string;
let world: World;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paperboy-cli-'));
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const march = { from: '2025-03-10', to: '2025-03-16' };
const input = (name: string): string => join(ROOT, 'test', 'inputs', 'papers', name);
/** In this process: a start of the command line takes longer than all that it does. */
const imports = async (file: string, day?: string) => {
  const said = { out: [] as string[], err: [] as string[] };
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((line: string) => void said.out.push(line)),
    jest.spyOn(console, 'error').mockImplementation((line: string) => void said.err.push(line)),
  ];
  try {
    return { code: await importPapers([file], day), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};
const kept = async (title: string) => {
  const year = await papers.listed({ from: '2025-01-01', to: '2026-12-31' });
  return year.filter((paper) => paper.title === title);
};

test('what can be read is imported, a bad line is named, and the code says that some are missing', async () => {
  const lines = (await readFile(join(ROOT, 'local', 'sample-papers.jsonl'), 'utf8')).split('\n').slice(0, 3);
  const file = join(folder, 'papers.jsonl');
  await writeFile(file, [...lines, '{"paper":{}}'].join('\n'));
  expect(await paperboy(world, 'papers', 'import', file)).toEqual({
    code: 2,
    out: 'Imported 3 papers. Skipped 1 invalid entry. 0 were already stored with newer upvotes.\n',
    err: 'Skipped line 4: paper.id is missing\n',
  });
  expect(await papers.listed(march)).toHaveLength(3);
});

const problems = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ where: `line ${n + 1}`, reason: 'title is missing' }));

test('of many entries that are skipped fifty are named, and the others counted', () => {
  expect(skippedLines(problems(50))).toHaveLength(50);
  const lines = skippedLines(problems(60));
  expect(lines.slice(49)).toEqual(['Skipped line 50: title is missing', '… and 10 more entries']);
});

test('a file without a fault ends with 0, one without a paper with 1', async () => {
  expect(await imports(input('table.csv'))).toMatchObject({ code: 2 });
  expect(await imports(input('site.json'))).toMatchObject({
    code: 0,
    out: ['Imported 1 paper. Skipped 0 invalid entries. 0 were already stored with newer upvotes.'],
  });
  const bad = join(folder, 'bad.jsonl');
  await writeFile(bad, '{"title": ""}\n{"url": "x"}\n');
  expect(await imports(bad)).toMatchObject({
    code: 1,
    out: ['Imported 0 papers. Skipped 2 invalid entries. 0 were already stored with newer upvotes.'],
  });
  await writeFile(bad, '[]');
  expect(await imports(bad)).toMatchObject({ code: 1, out: ['The file has no papers.', expect.anything()] });
});

test('importing a file again changes its papers, and takes back a note that is gone', async () => {
  const file = join(folder, 'mine.json');
  const entry = {
    title: 'A paper that is imported twice',
    url: 'https://example.org/1',
    listedOn: '2025-03-11',
  };
  await writeFile(file, JSON.stringify([{ ...entry, note: 'First' }]));
  await imports(file);
  expect(await kept(entry.title)).toMatchObject([
    { note: 'First', voted: false, links: { paper: entry.url } },
  ]);
  await writeFile(file, JSON.stringify([{ ...entry, url: 'https://example.org/2', listedOn: '2025-03-12' }]));
  await imports(file);
  const [paper, ...others] = await kept(entry.title);
  expect(others).toEqual([]);
  expect(paper).toMatchObject({ listedOn: '2025-03-12', links: { paper: 'https://example.org/2' } });
  expect(paper?.note).toBeUndefined();
});

test('papers without a day are listed on the day of their first import, or on the one that is given', async () => {
  const first = await imports(input('references.ris'), '2025-03-13');
  expect(first.out).toContain(
    '2 papers without a listedOn date: listed on 2025-03-13, unless imported before.',
  );
  await imports(input('references.ris'));
  expect(await kept('Bells without sheep')).toMatchObject([{ listedOn: '2025-03-13' }]);
  await expect(imports(input('references.ris'), '2025-02-30')).rejects.toThrow('--listed-on 2025-03-11');
});

test('what a community votes on stays as it is, with a note and a list of its own', async () => {
  const id = '2503.01713'; // among the sample papers
  const before = (await papers.listed(march)).find(({ paperId }) => paperId === id);
  const file = join(folder, 'note.json');
  await writeFile(file, JSON.stringify([{ title: 'Another title for it', id, note: 'Read this' }]));
  await imports(file);
  const after = (await papers.listed(march)).find(({ paperId }) => paperId === id);
  expect(before?.paperId).toBe(id);
  expect(after).toEqual({ ...before, note: 'Read this' });
});

test.each<[words: string[], says: string]>([
  [['papers', 'import', '/nowhere.jsonl'], "Can't read papers from /nowhere.jsonl"],
  [['papers', 'import'], 'FILE is missing. Example: npm run paperboy -- papers import papers.jsonl'],
  [['papers', 'import', 'x.csv', '--listed-on', 'x'], '--listed-on x is not a day'],
])('%j ends with a sentence and a code', async (words, says) => {
  const { code, err } = await paperboy(world, ...words);
  expect(code).toBe(1);
  expect(err).toContain(says);
  expect(err).not.toContain('    at ');
});

test('without a command it says which there are', async () => {
  const { code, out } = await paperboy(world);
  expect(code).toBe(1);
  expect(out).toContain('papers import <FILE>');
});
