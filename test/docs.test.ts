/** What the documents say, held against what there is. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod/mini';
import { Settings } from '../lambdas/core/settings';
import packageJson from '../package.json';
import { paperboyIn, ROOT } from './cli/paperboy';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const documents = [...readdirSync(ROOT).filter((file) => file.endsWith('.md')), ...markdownIn('docs')];

function markdownIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? markdownIn(join(folder, entry.name))
      : entry.name.endsWith('.md')
        ? [join(folder, entry.name)]
        : [],
  );
}

interface JsonSchema {
  default?: unknown;
  const?: unknown;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | false;
  items?: JsonSchema;
  oneOf?: JsonSchema[];
}

interface Field {
  path: string;
  default: unknown;
}

/** Every field that holds a value: "sending.senders", "cadences.*.cron", "sources.arxiv.categories" and the like. */
function fieldsOf(schema: JsonSchema, path: string[] = []): Field[] {
  const { properties, additionalProperties, items, oneOf } = schema;
  if (oneOf) return oneOf.flatMap((one) => fieldsOf(one, [...path, String(one.properties?.['kind']?.const)]));
  if (items?.oneOf) return fieldsOf(items, path);
  if (properties)
    return Object.entries(properties).flatMap(([name, inner]) => fieldsOf(inner, [...path, name]));
  if (additionalProperties) return fieldsOf(additionalProperties, [...path, '*']);
  return schema.const === undefined ? [{ path: path.join('.'), default: schema.default }] : [];
}

const schema = z.toJSONSchema(Settings, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
const fields = fieldsOf(schema);

/** Where a source is asked: another address than its own is for tests. */
const untold = /^sources\..*\.(url|feedUrl)$/;

/** The rows of the table in docs/settings.md: `| field | is | default |`. */
const rows = read('docs/settings.md')
  .split('\n')
  .filter((line) => /^\| (… )?`/.test(line))
  .map((line) => line.slice(1, -1).split(' | '))
  .map(([field = '', is = '', standard = '']) => ({
    field: field.replace(/[`\s]/g, ''),
    is,
    default: standard.trim(),
  }));

/** A field has a row of its own, or is named in the row of what it is a part of. */
function rowOf(path: string): (typeof rows)[number] | undefined {
  const own = rows.find(({ field }) => field === path);
  const whole = path.split('.').slice(0, -1).join('.').replace('sources.', '…');
  const part = path.split('.').at(-1);
  return own ?? rows.find(({ field, is }) => field === whole && is.includes(`\`${part}\``));
}

test('all settings are read from the schema', () => {
  const known = ['name', 'brand.logo.alt', 'cadences.*.cron', 'sources.arxiv.categories', 'kept.keys'];
  expect(fields.map(({ path }) => path)).toEqual(expect.arrayContaining(known));
  expect([...new Set(fields.map(({ path }) => path.split('.')[0]))]).toEqual(
    Object.keys(schema.properties ?? {}),
  );
});

test.each(fields.map(({ path }) => path).filter((path) => !untold.test(path)))(
  'docs/settings.md tells of %s',
  (path) => {
    expect(rowOf(path)).toBeTruthy();
  },
);

const asWritten = (value: unknown): string =>
  typeof value === 'number' ? value.toLocaleString('en') : String(value);

test('the defaults in docs/settings.md are those of the schema', () => {
  const simple = fields.filter(
    (field) => typeof field.default !== 'object' && field.default !== undefined && !untold.test(field.path),
  );
  expect(simple.length).toBeGreaterThan(10);
  const wrong = simple.filter(
    (field) => !words(rowOf(field.path)?.default).includes(asWritten(field.default)),
  );
  expect(wrong).toEqual([]);
});

/** What stands in a cell, as one text and word by word. */
const words = (cell = ''): string[] => {
  const text = cell.replace(/[`"]/g, '');
  return [text, ...text.split(/, |: | /)];
};

test('docs/settings.md names no setting that there isn’t', () => {
  const parts = fields.flatMap(({ path }) =>
    path.split('.').map((_, n, names) => names.slice(0, n + 1).join('.')),
  );
  const there = new Set(parts.map((path) => path.replace(/^sources\.(?=[^.]+$)/, '…')));
  expect(rows.map(({ field }) => field).filter((field) => !there.has(field))).toEqual([]);
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

/** What is to be typed: blocks of code, and code within a line. */
const code = (text: string): string =>
  [...text.matchAll(/^```\w*\n(.*?)^```|`([^`\n]+)`/gms)].map(([, block, span]) => block ?? span).join('\n');

/** "npm run bench", "npm start" and the like; `ci` is npm's own. */
const npmCommands = (document: string): string[] =>
  [...code(read(document)).matchAll(/\bnpm (?:run (?:-s )?)?([a-z][\w:-]*)/g)].map(([, name = '']) => name);

test.each(documents)('every npm command of %s is one', (document) => {
  const there = new Set(['ci', ...Object.keys(packageJson.scripts)]);
  expect(npmCommands(document).filter((name) => !there.has(name))).toEqual([]);
});

test('README names what people start with', () => {
  const first = ['ci', 'start', 'test', 'check', 'deploy', 'paperboy'];
  expect(npmCommands('README.md')).toEqual(expect.arrayContaining(first));
});

/** The one or two words of "npm run paperboy -- editions list" that say which command it is. */
const paperboyCommands = (document: string): string[] =>
  [...code(read(document)).matchAll(/\bpaperboy -- ([a-z][\w-]*(?: [a-z][\w-]*\b(?!\.))?)/g)].map(
    ([, command = '']) => command,
  );

/** And of "`npm run paperboy -- editions list` · `show` · `pause`" the others. */
const furtherCommands = (document: string): string[] =>
  [...read(document).matchAll(/\bpaperboy -- ([\w-]+) [\w-]+[^`]*`((?: · `[\w-]+`)+)/g)].flatMap(
    ([, group = '', others = '']) => [...others.matchAll(/[\w-]+/g)].map(([own]) => `${group} ${own}`),
  );

const help = async (...group: string[]): Promise<string> =>
  (await paperboyIn(ROOT, {}, ...group, '--help')).out;
const lists = (text: string, command: string): boolean => new RegExp(`^ *${command}\\b`, 'm').test(text);

test('every command of paperboy that a document names is one', async () => {
  const named = [...new Set([...documents.flatMap(paperboyCommands), ...documents.flatMap(furtherCommands)])];
  expect(named).toEqual(expect.arrayContaining(['doctor', 'editions list', 'papers import']));
  const all = await help();
  const missing: string[] = [];
  for (const command of named.filter((one) => !lists(all, one))) {
    const [group = '', own] = command.split(' ');
    if (!own || !lists(all, group) || !lists(await help(group), own)) missing.push(command);
  }
  expect(missing).toEqual([]);
});
