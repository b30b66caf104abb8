/** What the documents say, held against what there is. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod';
import { Settings } from '../lambdas/core/settings';
import packageJson from '../package.json';

const ROOT = join(__dirname, '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const documents = ['README.md', 'CHANGELOG.md', ...markdownIn('docs')];

function markdownIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? markdownIn(join(folder, entry.name))
      : entry.name.endsWith('.md')
        ? [join(folder, entry.name)]
        : [],
  );
}

/** "sending.senders" and the like; a list or a value that may be one of several has no names of its own. */
function namesIn(schema: unknown, path: string[] = []): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return namesIn(schema.unwrap(), path);
  if (!(schema instanceof z.ZodObject)) return [path.join('.')];
  return Object.entries(schema.shape).flatMap(([name, inner]) => namesIn(inner, [...path, name]));
}

test.each(namesIn(Settings))('docs/settings.md tells of %s', (name) => {
  const [field = '', part] = name.split('.');
  const rows = read('docs/settings.md')
    .split('\n')
    .filter((line) => line.startsWith(`| \`${field}`));
  expect(rows.join('\n')).toMatch(part === undefined ? field : new RegExp(`\\b${part}\\b`));
});

test.each(documents)('every link of %s leads somewhere', (document) => {
  const links = [
    ...read(document).matchAll(/\]\((?!https?:)([^)#\s]+)|(?:src|href)="(?!https?:|#)([^"#]+)"/g),
  ];
  const broken = links
    .map(([, link, source]) => join(dirname(document), link ?? source ?? ''))
    .filter((path) => !existsSync(join(ROOT, path)));
  expect(broken.map((path) => relative('.', path))).toEqual([]);
});

test.each(documents)('every npm command of %s is one', (document) => {
  const named = [...read(document).matchAll(/npm run (?:-s )?([\w-]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !(name in packageJson.scripts))).toEqual([]);
});
