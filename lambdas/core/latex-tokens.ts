/** A text with LaTeX cut into tokens: what survives byte for byte, and where groups, formulas and quotations end. */

const SITE = String.raw`(?:(?:https?|ftp):\/\/|(?<![\w.@\\-])(?:[\w-]{1,63}\.){1,4}[a-z]{2,10}\/)`;
/** Up to a character that a sentence wouldn't end with; escapes of LaTeX (\_) are part of it. */
const PATH = String.raw`(?:[^\s\\{}"<>^${'`'}|]|\\[_%&#~])*[\p{L}\p{N}\/=#&+_-]`;
/** Backticks that are no LaTeX quotation (these close with an apostrophe, or are two). */
const CODE = '```[^`]+```|(?<![\\\\`\\p{L}\\p{N}])`(?![`\\s])[^`]{1,200}(?<!\\s)`(?![`\\p{L}\\p{N}])';
const VERB = String.raw`\\verb(?:\|[^|]{1,200}\||\+[^+]{1,200}\+|![^!]{1,200}!)`;

/** What no reading may change. One group, so that `split` puts it at the odd places. */
export const VERBATIM = new RegExp(`(${SITE}${PATH}|${SITE}|${CODE}|${VERB})`, 'u');

const TOKEN = /\\(?:[A-Za-z]+(?:\*(?=\{))?|[^]|$)|[{}$^_]|~+|`+|'+|-+|[^\\{}$^_~`'-]+/gu;

/** Deeper groups stay as they are: nobody writes them, and reading them would need a stack as deep. */
const DEEPEST = 20;

export interface Parsed {
  tokens: string[];
  /** The tokens that no reading may change. */
  verbatim: ReadonlySet<number>;
  /** The token that closes a group or a formula, by the one that opens it. */
  closes: ReadonlyMap<number, number>;
  /** The single quotation marks of LaTeX, ` and '. */
  quotes: ReadonlySet<number>;
}

export function parse(text: string): Parsed {
  const tokens: string[] = [];
  const verbatim = new Set<number>();
  for (const [n, part] of text.split(VERBATIM).entries()) {
    if (n % 2) verbatim.add(tokens.push(part) - 1);
    else for (const [token] of part.matchAll(TOKEN)) tokens.push(token);
  }
  return {
    tokens,
    verbatim,
    closes: new Map([...groups(tokens), ...formulas(tokens, verbatim)]),
    quotes: quotes(tokens),
  };
}

function* groups(tokens: readonly string[]): Generator<[number, number]> {
  const open: number[] = [];
  for (const [n, token] of tokens.entries()) {
    if (token === '{') open.push(n);
    const from = token === '}' ? open.pop() : undefined;
    if (from !== undefined && open.length < DEEPEST) yield [from, n];
  }
}

const OPENERS = new Map([
  ['$', '$'],
  ['\\)', '\\('],
  ['\\]', '\\['],
]);

function* formulas(tokens: readonly string[], verbatim: ReadonlySet<number>): Generator<[number, number]> {
  const open = new Map<string, number>();
  for (const [n, token] of tokens.entries()) {
    if (verbatim.has(n)) open.delete('$'); // no formula has code or a URL in it
    const opener = OPENERS.get(token) ?? '';
    const from = open.get(opener);
    if (
      from !== undefined &&
      (token !== '$' || isFormula(tokens.slice(from + 1, n).join(''), tokens[n + 1]))
    ) {
      yield [from, n];
      open.delete(opener);
    } else if (token === '$' || token === '\\(' || token === '\\[') open.set(token, n);
  }
}

const PROSE = /(?<![\\\p{L}])\p{L}{3,} +\p{L}{2,}/u;
const WORD = /(?<![\\\p{L}])(?!(?:log|ln|exp|max|min|sin|cos)(?!\p{L}))\p{L}{2,}/u;

/** Whether what stands between two dollars is a formula, and not "5 or US" of "$5 or US$". */
function isFormula(between: string, next = ''): boolean {
  const bare = between.replace(/\\(?:text[a-z]*|mathrm|mbox|operatorname)\s*\{[^{}]*\}/g, '');
  if (between.trim() === '' || PROSE.test(bare)) return false;
  if (/^\d/.test(between) && /^\d/.test(next)) return false; // $5-$10
  if (/[\\^_]/.test(between)) return true;
  if (/^[\s{]|\s$/.test(between) || (between.length > 3 && /^\p{L}/u.test(next))) return false; // ${a}, $HOME/bin:$PATH
  return !/\s/.test(between) || /[=<>+]/.test(between) || !WORD.test(between);
}

/** `x' as in LaTeX: the first mark before a word, the second after one, not far apart. */
function quotes(tokens: readonly string[]): Set<number> {
  const found = new Set<number>();
  let open: number | undefined;
  for (const [n, token] of tokens.entries()) {
    const before = tokens[n - 1] ?? ' ';
    const after = tokens[n + 1] ?? ' ';
    if (token === '`') open = /[\s([“"-]$/u.test(before) && !/^\s/.test(after) ? n : undefined;
    if (token !== "'" || open === undefined || n - open > 40) continue;
    if (/\s$/.test(before) || /^[\p{L}\p{N}]/u.test(after)) continue;
    found.add(open).add(n);
    open = undefined;
  }
  return found;
}
