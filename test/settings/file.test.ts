/** Which file has the settings: the stage's, the operator's, or the example; and what is said about one that can't be read. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { example } from '../../lambdas/core/settings-problems';
import { Settings } from '../../lambdas/core/settings';
import { readStage } from '../../lambdas/core/stage';
import { exampleSettings, openSettings } from '../../settings/file';
import { parseJson } from '../../settings/json';
import { least } from './wrong-values';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'paperboy-settings-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const writes = (file: string, value: unknown): void =>
  writeFileSync(join(folder, file), typeof value === 'string' ? value : JSON.stringify(value));
const opened = (stage?: string) => openSettings(stage, folder, new Date('2026-11-28T12:00:00Z'));

test('an operator without a file of their own has the example, and it says so', () => {
  expect(opened()).toEqual({
    file: 'newsletter.example.json',
    isExample: true,
    settings: exampleSettings(),
  });
  expect(opened('trial')).toMatchObject({ file: 'newsletter.example.json', isExample: true });
});

test('a file of their own wins, and the one of the stage wins over it', () => {
  writes('newsletter.json', { ...least, name: 'Mine' });
  expect(opened()).toMatchObject({ file: 'newsletter.json', isExample: false, settings: { name: 'Mine' } });
  expect(opened('trial')).toMatchObject({ file: 'newsletter.json', isExample: false });
  writes('newsletter.trial.json', { ...least, name: 'Trial' });
  expect(opened('trial')).toMatchObject({ file: 'newsletter.trial.json', settings: { name: 'Trial' } });
  expect(opened()).toMatchObject({ settings: { name: 'Mine' } });
});

test('the example is no stage', () => {
  expect(() => readStage('example')).toThrow('"example" can\'t be a stage');
  expect(() => readStage('Trial')).toThrow('"Trial" is not a valid stage name. Use lower-case letters');
});

test.each<[what: string, json: unknown, says: string]>([
  [
    'no JSON',
    '{\n  "name": "Mine"\n  "site": 1 }',
    'is not valid JSON: line 3, column 3: a comma is missing before "site"',
  ],
  [
    'a field twice',
    '{\n  "name": "A",\n  "name": "B" }',
    'is not valid JSON: line 3, column 3: "name" is set twice, first on line 2',
  ],
  [
    'a wrong field',
    { ...least, name: 7 },
    'has a problem:\n  name: must be text in quotes, not a number. Example: "Paperboy"',
  ],
  [
    'a schedule that never fires',
    { ...least, cadences: { weekly: { cron: '0 7 31 2 ? *', papers: 10 } } },
    'has a problem:\n  cadences.weekly.cron: "0 7 31 2 ? *" never fires: no such time is still to come. Example: "0 7 ? * MON *"',
  ],
])('%s is told with the name of the file', (_, json, says) => {
  writes('newsletter.json', json);
  expect(() => opened()).toThrow(new Error(`newsletter.json ${says}`));
  writes('newsletter.trial.json', json);
  expect(() => opened('trial')).toThrow(new Error(`newsletter.trial.json ${says}`));
});

test('a folder of that name is told as what it is', () => {
  mkdirSync(join(folder, 'newsletter.json'));
  expect(() => opened()).toThrow(new Error("Can't read newsletter.json: it is a folder"));
});

/** Every JSON block of the page that is a whole file of settings. */
const shown = (): unknown[] =>
  [
    ...readFileSync(join(__dirname, '..', '..', 'docs', 'settings.md'), 'utf8').matchAll(
      /```json\n(\{[^]*?)```/g,
    ),
  ].map(([, json = '']) => parseJson(json));

/** "sending.senders" and the like, as deep as the schema names fields. */
function fieldsOf(schema: unknown, path: string): string[] {
  const {
    shape,
    innerType,
    valueType,
    keyType,
    element,
    options,
    in: input,
  } = (schema as { _zod: { def: Record<string, unknown> } })._zod.def;
  if (shape)
    return Object.entries(shape).flatMap(([name, inner]) =>
      [`${path}${name}`].concat(fieldsOf(inner, `${path}${name}.`)),
    );
  if (innerType) return fieldsOf(innerType, path);
  if (input) return fieldsOf(input, path);
  if (element) return fieldsOf(element, path);
  if (Array.isArray(options)) return options.flatMap((option) => fieldsOf(option, path));
  if (valueType) {
    const names = Object.keys((keyType as { _zod: { def: { entries: object } } })._zod.def.entries);
    return names.flatMap((name) => [`${path}${name}`].concat(fieldsOf(valueType, `${path}${name}.`)));
  }
  return [];
}

function fieldsIn(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => fieldsIn(one, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    [`${path}${name}`].concat(fieldsIn(one, `${path}${name}.`)),
  );
}

test('docs/settings.md shows a file with every field there is, and it is fine; the messages show the same', () => {
  const [, complete] = shown();
  expect(complete).toEqual(example);
  expect(Settings.safeParse(complete).success).toBe(true);
  const wanted = fieldsOf(Settings, '');
  expect(wanted.length).toBeGreaterThan(50);
  const instead = 'domain.certificate'; // of zone and zoneId
  expect(new Set([...fieldsIn(complete), instead])).toEqual(new Set(wanted));
});

test('the shortest file that docs/settings.md shows is fine, and has nothing that could be left out', () => {
  const [shortest] = shown() as [Record<string, unknown>];
  expect(Settings.safeParse(shortest).success).toBe(true);
  for (const name of Object.keys(shortest))
    expect([name, Settings.safeParse({ ...shortest, [name]: undefined }).success]).toEqual([name, false]);
});
