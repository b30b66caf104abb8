/** `papers import FILE`, run as the operator runs it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

test('what can be read is imported, and a bad line is named', async () => {
  const lines = (await readFile(join(ROOT, 'local', 'sample-papers.jsonl'), 'utf8')).split('\n').slice(0, 3);
  const file = join(folder, 'papers.jsonl');
  await writeFile(file, [...lines, '{"paper":{}}'].join('\n'));
  const { code, out, err } = await paperboy(world, 'papers', 'import', file);
  expect([code, out.trim()]).toEqual([0, '3 papers imported, 0 known with newer upvotes, 1 skipped']);
  expect(err).toMatch(/^skipped line 4: paper\./);
  expect(await papers.listed({ from: '2025-03-10', to: '2025-03-16' })).toHaveLength(3);
});

test.each<[words: string[], says: string]>([
  [['papers', 'import', '/nowhere.jsonl'], "Can't read papers from /nowhere.jsonl"],
  [['papers', 'import'], 'FILE is missing. Example: npm run paperboy -- papers import papers.jsonl'],
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
