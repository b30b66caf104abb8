/**
 * What becomes of titles and abstracts that are made readable: no word, bracket or URL may get lost. What LaTeX may lose is
 * written here once more and by other means: erased, where `readable` reads.
 */
import { readable } from '../lambdas/core/readable';
import { plainText } from '../lambdas/core/text';

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
  [/\\(?:deg|times|neq|geq|sim|sqrt|subset|ell|delta|textgreater|Theta)(?!\p{L})/gu, ' '],
  [/\\mathbb(?=\{)/g, ''],
  [/\\AA(?!\p{L})/gu, 'A'],
  [/\$(\p{L}+)\$/gu, '$1'],
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

/** The first word that got lost, was added or moved, as it was and as it is. */
function misread(text: string, shown: string): string | undefined {
  const written = wordsOf(erased(text));
  const read = wordsOf(shown);
  const at = written.findIndex((word, n) => word !== read[n]);
  const from = at < 0 && read.length > written.length ? written.length : at;
  if (from < 0) return undefined;
  const [was, is] = [written, read].map((words) => words.slice(Math.max(0, from - 3), from + 3).join(' '));
  return `"${was}" is "${is}"`;
}

const sameCount = (text: string, shown: string, what: RegExp, was = what): boolean =>
  count(shown, what) === count(text, was);

const ENTITY = /&(?:#\d+|#x[\da-f]+|[a-z]\w*);?/gi;

/** What must hold of each text: `wrong` answers what is not so, or whether. */
export const textRules: [
  rule: string,
  wrong: (text: string, shown: string) => string | boolean | undefined,
][] = [
  ['none loses, adds or moves a word', misread],
  [
    'none has control characters, a line break or two spaces in a row',
    (_, shown) => /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|\s\s|^\s|\s$/u.test(shown),
  ],
  [
    'none has an entity or a mark of markup that it did not have',
    (text, shown) =>
      !sameCount(text, shown, ENTITY) ||
      !sameCount(text, shown, /&/g) ||
      !sameCount(text, shown, /</g) ||
      !sameCount(text, shown, />/g, />|\\textgreater/g),
  ],
  [
    'none closes a bracket that it did not open, unless it came so',
    (text, shown) => unbalanced(text) !== unbalanced(shown) || count(shown, /[{}]/g) > count(text, /[{}]/g),
  ],
  [
    'every URL stands in it as it was written',
    (text, shown) => !urlsOf(text).every((url) => shown.includes(url)),
  ],
  ['reading it again changes nothing', (_, shown) => readable(shown) !== shown],
];

/** Whether a text has anything that is shown in another way. */
export const isChanged = (text: string): boolean => readable(text) !== plainText(text);

/** The titles and abstracts in entries of Hugging Face; what has none is passed over. */
export function textsIn(entries: readonly unknown[]): string[] {
  return entries.flatMap((entry) => {
    const { title, summary } = ((entry as { paper?: unknown } | null)?.paper ?? {}) as Record<
      string,
      unknown
    >;
    return [title, summary].filter((text) => typeof text === 'string');
  });
}

/** How many texts there are and are changed, and how many break a rule, which is printed. */
export function evaluateTexts(
  texts: readonly string[],
): Record<'texts' | 'textsChanged' | 'textsMisread', number> {
  const misreadTexts = texts.filter((text) => {
    const shown = readable(text);
    const broken = textRules
      .map(([rule, wrong]) => ({ rule, why: wrong(text, shown) }))
      .find(({ why }) => why);
    if (broken) console.log(`  ${broken.rule}: ${broken.why === true ? shown : broken.why}`);
    return broken !== undefined;
  });
  return {
    texts: texts.length,
    textsChanged: texts.filter(isChanged).length,
    textsMisread: misreadTexts.length,
  };
}
