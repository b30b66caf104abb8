/** Every command that documents, package.json and the command line name is run by CI (tools/commands/list.ts). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../cli/commands';
import packageJson from '../package.json';
import { alone, elsewhere, ofCi, withInstance } from '../tools/commands/list';

const ROOT = join(__dirname, '..');
const documents = ['.', 'docs', 'docs/decisions'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
);
const text = documents.join('\n');

const run = [...alone, ...withInstance].map(({ name }) => name);
const known = new Set([...run, ...ofCi, ...Object.keys(elsewhere)]);
const unknown = (names: Iterable<string>): string[] => [...new Set(names)].filter((name) => !known.has(name));

test('each script of package.json', () => {
  const scripts = Object.keys(packageJson.scripts);
  const firstWords = new Set([...known].map((name) => name.split(' ')[0]));
  expect(scripts.filter((script) => !firstWords.has(script))).toEqual([]);
});

test('each command of paperboy', () => {
  expect(commands.length).toBeGreaterThan(10);
  expect(unknown(commands.map(({ name }) => `paperboy ${name}`))).toEqual([]);
});

test('each part of the bench that a document names', () => {
  const groups = [...text.matchAll(/npm run bench(?: \[)?(?:`)? ?-- ([a-z]+(?:\\?\|[a-z]+)*)/g)];
  const parts = groups.flatMap(([, names = '']) => names.split(/\\?\|/));
  expect(parts.length).toBeGreaterThan(5);
  expect(unknown(parts.map((part) => `bench ${part}`))).toEqual([]);
});

test('each way to start and to deploy that a document names', () => {
  const ways = [...text.matchAll(/npm (?:run )?(start|deploy|destroy) -- ((?:--[a-z-]+ ?)+)/g)];
  const names = ways.map(([, script = '', options = '']) => `${script} ${options.trim()}`);
  expect(names.length).toBeGreaterThan(5);
  expect(unknown(names)).toEqual([]);
});

test('what runs elsewhere is tested where it says', () => {
  for (const file of Object.values(elsewhere))
    expect([file, existsSync(join(ROOT, file))]).toEqual([file, true]);
});

test('no name stands in the list twice', () => {
  expect(run).toHaveLength(new Set(run).size);
});
