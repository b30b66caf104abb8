/** What a reader sees of titles and abstracts as sources write them. */
import * as fc from 'fast-check';
import { readable } from '../../lambdas/core/readable';
import { plainText } from '../../lambdas/core/text';
import { cases } from './readable-cases';

describe.each(Object.entries(cases))('%s', (_, group) => {
  test.each(group)('%s: %s', (_what, written, shown) => {
    expect(readable(written)).toBe(shown);
    expect(readable(shown)).toBe(shown);
  });
});

test('there is a case for all that the papers of a year brought', () => {
  expect(Object.values(cases).flat().length).toBeGreaterThan(180);
});

/** What LaTeX, Markdown and prices are made of, so that arbitrary texts of it meet every rule. */
const PIECES = `
  \\ $ $$ { } {} ^ _ ~ \` ' " - [ ] ( ) . , % & < > * = + 0 1 23 \`\` '' -- --- \\( \\) \\[ \\] \\\\ \\" \\' \\~ \\i \\c
  \\verb| \\emph{ \\frac \\frac{ \\sqrt[ \\href{ \\not \\log \\alpha \\times \\left \\mathcal \\x \\begin{ \\color{red} \\~{}
  times sim pi_ circ rightarrow texttt{ left( infty leq cdot word x é 😀 https://example.org/ example.org/a_b
`;
const pieces = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(' ', '\n', ...PIECES.trim().split(/\s+/)) },
  { weight: 1, arbitrary: fc.constantFrom('\ufdd0', '\0', '\u0301', '\u202e', '\ud800', '\u00a0') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
);
const texts = fc.array(pieces, { maxLength: 30 }).map((all) => all.join(''));

test('of any text it makes plain text, the same again when it is read again', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const shown = readable(text);
      expect(shown).toBe(plainText(shown));
      expect(readable(shown)).toBe(shown);
    }),
    { numRuns: 500 },
  );
});

/** One accent goes at each reading. */
const endless = (depth: number): string => `caf${"\\'".repeat(depth)}e`;

test('a text that would change at every reading stays as it came', () => {
  expect(readable(endless(1))).toBe('café');
  expect(readable(endless(9))).toBe(endless(9));
  for (let depth = 0; depth < 20; depth += 1)
    expect(readable(readable(endless(depth)))).toBe(readable(endless(depth)));
});

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

test('of any text it makes no mark of markup that was not there', () => {
  fc.assert(
    fc.property(texts, (text) => {
      for (const mark of [/</g, />/g, /&/g])
        expect(count(readable(text), mark)).toBeLessThanOrEqual(count(plainText(text), mark));
    }),
    { numRuns: 200 },
  );
});

const around = fc
  .array(fc.constantFrom(...`we learn $x$ \`\`so'' \\emph{it} ~ 3times $5 {a} \\ours -- x_1 \\%`.split(' ')))
  .map((all) => all.join(' '));

test.each([
  'https://example.org/~ada/a_b--c?d=%20&e=10times2#pi_0',
  'www.example.org/x_1/~b',
  '`\\alpha_1 ~ $x$--y`',
])('%s survives byte for byte wherever it stands', (text) => {
  fc.assert(
    fc.property(around, around, (before, after) => {
      expect(readable(`${before} ${text} ${after}`)).toContain(text);
    }),
  );
});

test('words survive in their order wherever LaTeX stands between them', () => {
  fc.assert(
    fc.property(fc.array(around, { maxLength: 8 }), (parts) => {
      const words = parts.map((_, n) => `word${'abcdefgh'.charAt(n)}`);
      const shown = readable(parts.map((part, n) => `${part} ${words[n]}`).join(' '));
      expect(shown.match(/word[a-h]/g) ?? []).toEqual(words);
    }),
  );
});

// what takes the square of its length would take hours, or at least until jest gives up
const UNITS = `
  } ^ _ ~ \` ' - " $a {} \\( \\frac{ \\not \\cite[ \\" {$ $} https:// a. \`\`a" 3times 1sim4 pi_ {\\bf x{ \`a' \\verb| \\quad
  texttt{ https://a{ \\href{a}{\\quad
`;
test.each([
  ...['$', '{', '\\'].map((unit) => [1_000_000, unit] as const),
  ...UNITS.trim()
    .split(/\s+/)
    .map((unit) => [150_000, unit] as const),
])('%d characters of %s are read in time', (length, unit) => {
  expect(readable(unit.repeat(length / unit.length)).length).toBeLessThan(2 * length);
});

test.each(['{', '\\text{', '\\frac{', '\\href{a}{', '\\sqrt{', '\\not{', '^{', 'https://a{'])(
  'groups in groups of %s end',
  (open) => {
    const text = `${open.repeat(1_000)}x${'}'.repeat(1_000)}`;
    expect(readable(text)).toContain('x');
    expect(readable(`${open.repeat(19)}x${'}'.repeat(19)}`.repeat(100))).toContain('x');
  },
);
