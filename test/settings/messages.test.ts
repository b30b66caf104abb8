/** What an operator reads about a wrong setting: word by word, since a change of them is a change for people. */
import { array, assert as check, constantFrom, oneof, property, string } from 'fast-check';
import { readSettings } from '../../lambdas/core/settings';
import { least, wrongValues } from './wrong-values';

/** Without the line at the top, which names the file. */
function told(value: unknown): string[] {
  try {
    readSettings(value);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
}

test.each(wrongValues)('%j is answered with %s', (change, line) => {
  expect(told({ ...least, ...change })).toEqual([`  ${line}`]);
});

test.each([
  [null, 'the file must be an object in braces, {…}, not null'],
  [[], 'the file must be an object in braces, {…}, not a list'],
  ['Papers', 'the file must be an object in braces, {…}, not text'],
])('%j for all settings', (value, line) => {
  expect(told(value)).toEqual([`  ${line}`]);
});

test('all that is wrong is told at once, a line for each field, and how many there are', () => {
  const wrong = { ...least, name: '', site: 'x', timeZone: 'x', cadance: 1, brnd: 2 };
  expect(told(wrong)).toEqual([
    '  name: must not be empty. Example: "Paperboy"',
    '  site: "x" is not a valid web address. Example: "https://papers.example.org"',
    '  timeZone: "x" is not a valid IANA time zone. Examples: "Europe/Berlin" or "UTC"',
    '  unknown setting "cadance". Did you mean "cadences"?',
    '  unknown setting "brnd". Did you mean "brand"?',
  ]);
  expect(() => readSettings(wrong, 'newsletter.trial.json')).toThrow(
    /^newsletter\.trial\.json has 5 problems:\n/,
  );
  expect(() => readSettings({ ...least, name: '' })).toThrow(/^newsletter\.json has a problem:\n/);
});

test.each([
  ['a family of emoji', '👩‍👩‍👧 Papers'],
  ['an emoji with a variation', '✉️ Papers'],
  ['Persian with a zero-width non-joiner', 'مقاله‌ها'],
  ['Hindi with a zero-width joiner', 'शोध क्‍ष'],
  ['Japanese with wide spaces', '論文　便り'],
])('%s is a name that people can see', (_, name) => {
  expect(told({ ...least, name })).toEqual([]);
});

const ZODS = /Invalid input|expected|Too (small|big)|received|\bNaN\b|undefined|\[object/;
const anything = oneof(
  constantFrom(
    undefined,
    null,
    true,
    0,
    -1,
    0.5,
    1e300,
    Infinity,
    Number.NaN,
    '',
    'x',
    [],
    [1],
    {},
    { x: 1 },
  ),
  array(constantFrom('x', 7, null)),
  string({ maxLength: 10 }),
);
const places = `
  name tagline sender.name sender.address postalAddress site
  timeZone cadences cadences.weekly cadences.weekly.cron cadences.weekly.papers cadences.weekly.minimum
  sources sources.0 sources.0.kind sources.0.categories brand brand.accent
  brand.logo brand.logo.url sending sending.unknown sending.bouncePercent limits
  alarms.monthlyUsd joining.origins joining.proof leaving region domain
  domain.zone kept kept.keys x
`
  .trim()
  .split(/\s+/);

function placed(path: readonly string[], value: unknown, base: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (key === '0') return [placed(rest, value, { kind: 'arxiv', categories: ['cs.CL'] })];
  const known = (base ?? {}) as Record<string, unknown>;
  return { ...known, [key]: placed(rest, value, known[key]) };
}

test('whatever stands in whichever field, the schema library is never heard', () => {
  check(
    property(constantFrom(...places), anything, (place, value) => {
      const lines = told(placed(place.split('.'), value, least)).map((line) =>
        line.replaceAll(/"[^"]*"/g, ''),
      );
      expect(lines.filter((line) => ZODS.test(line))).toEqual([]);
    }),
    { numRuns: 700, seed: 7 },
  );
});

test('a field is told of once, however much is wrong with it', () => {
  const fields = told({
    ...least,
    name: ' \n'.repeat(100) + 'x\u200b\n'.repeat(50),
    brand: { accent: 'blue' },
  });
  expect(fields).toHaveLength(2);
});
