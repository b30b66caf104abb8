/** Kinds of tests that can't fail, which no rule of the linter knows: none of them is in a test of ours. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'honest.test.ts')
  .map((file) => ({ file, text: readFileSync(join(__dirname, file), 'utf8') }));

/** Where a pattern stands, as "file: text". */
const places = (pattern: RegExp, except: readonly string[] = []): string[] =>
  files
    .filter(({ file }) => !except.includes(file))
    .flatMap(({ file, text }) => [...text.matchAll(pattern)].map(([found]) => `${file}: ${found}`));

test('the tests are all read', () => {
  expect(files.filter(({ file }) => file.endsWith('.test.ts')).length).toBeGreaterThan(100);
});

test('no list is asked for something like a text: toContain compares by ===', () => {
  expect(places(/\.toContain\(\s*expect\./g)).toEqual([]);
});

test('what is logged is read with the log on', () => {
  expect(places(/spyOn\(process\.std\w+/g, ['lines.ts'])).toEqual([]);
});

test('no text is held against a pattern that nothing matches as well', () => {
  const patterns = files.flatMap(({ file, text }) =>
    [...text.matchAll(/(?<!not)\.(?:toMatch|stringMatching|toThrow)\(\s*\/(.+)\/([a-z]*)\s*\)/g)].map(
      ([found, source = '', flags]) => ({ found: `${file}: ${found}`, pattern: new RegExp(source, flags) }),
    ),
  );
  expect(patterns.length).toBeGreaterThan(50);
  expect(patterns.filter(({ pattern }) => pattern.test('')).map(({ found }) => found)).toEqual([]);
});

test('nothing is looked for that every text has', () => {
  expect(places(/\.(?:toContain|toThrow|stringContaining)\(\s*(?:''|""|``)\s*\)/g)).toEqual([]);
});

test('a promise that is to be refused or kept is waited for', () => {
  expect(places(/^\s*expect\((?!.*await).*\)\.(?:rejects|resolves)\b.*$/gm)).toEqual([]);
});
