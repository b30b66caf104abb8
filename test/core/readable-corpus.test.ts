/**
 * Titles and abstracts of ../shared/data/papers, which is no part of the project: skipped where it is missing. What
 * LaTeX may lose is written here once more and by other means: erased, where the reader reads.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readable } from '../../lambdas/core/readable';
import { plainText } from '../../lambdas/core/text';

const FOLDER = join(__dirname, '..', '..', '..', 'shared', 'data', 'papers');
const there = existsSync(FOLDER);
if (!there) console.warn('readable-corpus.test.ts skips its cases: ../shared/data/papers is missing');

const Daily = z.object({ paper: z.object({ id: z.string(), title: z.string(), summary: z.string() }) });
const Found = z.object({
  papers: z.array(z.object({ n: z.int(), title: z.string(), abstract: z.string() })),
});

const fileOf = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

function textsOf(): { id: string; text: string }[] {
  const daily = fileOf('hf-daily-2025.jsonl')
    .trimEnd()
    .split('\n')
    .map((line) => Daily.parse(JSON.parse(line)).paper);
  const found = Found.parse(JSON.parse(fileOf('hf-search-2025-03-12.json'))).papers;
  return [
    ...daily.flatMap(({ id, title, summary }) => [title, summary].map((text) => ({ id, text }))),
    ...found.flatMap(({ n, title, abstract }) =>
      [title, abstract].map((text) => ({ id: `found ${n}`, text })),
    ),
  ];
}

/** What shows nothing of its own, and what shows a sign: as LaTeX writes it and as Hugging Face leaves it. */
const ERASED: [erased: RegExp, left: string][] = [
  [/\\_/g, '_'],
  // url{label}: the label first, and no label that says the address again
  [/((?:https?:\/\/)?([^\s{}/]+\/[^\s{}]*)) ?\{(?:https?:\/\/)?\2[.\\]?\}/g, '$1'],
  [/((?:https?:\/\/|github\.com\/)[^\s{}]+)\{([^{}]*)\}/g, '$2 $1'],
  [/\\eg(?!\p{L})/gu, 'e g'],
  [/\\(?:textbf|textit|textsc|text|emph|url|href|b)(?=\{)|(?<!\p{L})text(?:tt|bf)?(?=\{)|red(?=\{)/gu, ''],
  [/\\footnote(?=\{)|(?<=\{)bf (?=\p{L})/gu, ' '],
  [/\\allowbreak ?/g, ''],
  [/\\(?:deg|times|neq|textgreater|Theta)(?!\p{L})/gu, ' '],
  [/\\["'`](?=\p{L})|\\'(?=\{)|\\(?=i\})/gu, ''],
  [/(?:left)?rightarrow|varepsilon|varphi|propto|cdot/g, ' '],
  [/(?<=\d|circ)times(?=\p{Lu}|\P{L}|sim|$)|(?<=\bd )times(?= d\})/gu, ' '],
  [/(?<=\d|times|[ (])sim(?=[\d,]+(?:\P{L}|[KB]|times))/gu, ' '],
  [/\b(?:infty|leq)(?![a-z])|\bapprox(?=\s\d)/g, ' '],
  [/(?<=\^\{?)circ/g, ' '],
  [
    /\b(?:pi|phi|ell|eta|lambda|theta|Theta|sum)(?=[_^])|\blambda(?= {2}d)|(?<=\d\{)delta|(?<=m\{)delta/g,
    ' ',
  ],
  [/\bmathcal(?=\{)/g, ''],
  [/(?<=\bO\(\p{Ll})(?=log)/gu, ' '],
  [/(?<=\bO)left(?=\()| right(?=\))/g, ' '],
];

/** Small letters and those of other alphabets are words of their own; marks and apostrophes are no letters. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/ℓ/g, ' ')
    .replace(/[\p{Lm}\u2090-\u209c\u1d62-\u1d6a]/gu, ' $& ')
    .normalize('NFKD')
    .replace(/[\p{M}'‘’{}]|\p{Script=Greek}/gu, (mark) => (/\p{Script=Greek}/u.test(mark) ? ' ' : ''))
    .split(/\P{L}+/u)
    .filter(Boolean);

const erased = (text: string): string =>
  ERASED.reduce((left, [where, put]) => left.replace(where, put), plainText(text));

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

const unbalanced = (text: string): number => count(text, /[([]/g) - count(text, /[)\]]/g);

const urlsOf = (text: string): string[] => text.match(/https?:\/\/[^\s{}\\]+[\p{L}\p{N}/]/gu) ?? [];

(there ? describe : describe.skip)('the titles and abstracts of 2025', () => {
  const texts = there ? textsOf().map(({ id, text }) => ({ id, text, shown: readable(text) })) : [];

  test('all of them are read, and hundreds become other than they were', () => {
    expect(texts.length).toBeGreaterThan(7_900);
    expect(texts.filter(({ text, shown }) => shown !== plainText(text)).length).toBeGreaterThan(700);
  });

  test('none loses, adds or moves a word', () => {
    const different = texts.flatMap(({ id, text, shown }) => {
      const written = wordsOf(erased(text));
      const read = wordsOf(shown);
      const at = written.findIndex((word, n) => word !== read[n]);
      const from = at < 0 && read.length > written.length ? written.length : at;
      if (from < 0) return [];
      const [was, is] = [written, read].map((words) =>
        words.slice(Math.max(0, from - 3), from + 3).join(' '),
      );
      return [`${id}: "${was}" is "${is}"`];
    });
    expect(different).toEqual([]);
  });

  const offending = (wrong: (text: string, shown: string) => boolean): string[] =>
    texts.filter(({ text, shown }) => wrong(text, shown)).map(({ id, shown }) => `${id}: ${shown}`);

  test('none has control characters, a line break or two spaces in a row', () => {
    expect(offending((_, shown) => /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|\s\s|^\s|\s$/u.test(shown))).toEqual([]);
  });

  test('none has an entity or a mark of markup that it did not have', () => {
    const entity = /&(?:#\d+|#x[\da-f]+|[a-z]\w*);?/gi;
    expect(offending((text, shown) => count(shown, entity) !== count(text, entity))).toEqual([]);
    expect(offending((text, shown) => count(shown, /&/g) !== count(text, /&/g))).toEqual([]);
    expect(offending((text, shown) => count(shown, /</g) !== count(text, /</g))).toEqual([]);
    expect(offending((text, shown) => count(shown, />/g) !== count(text, />|\\textgreater/g))).toEqual([]);
  });

  test('none closes a bracket that it did not open, unless it came so', () => {
    expect(offending((text, shown) => unbalanced(text) !== unbalanced(shown))).toEqual([]);
    expect(offending((text, shown) => count(shown, /[{}]/g) > count(text, /[{}]/g))).toEqual([]);
  });

  test('every URL stands in it as it was written', () => {
    expect(offending((text, shown) => !urlsOf(text).every((url) => shown.includes(url)))).toEqual([]);
  });

  test('reading them again changes nothing', () => {
    expect(offending((_, shown) => readable(shown) !== shown)).toEqual([]);
  });
});
