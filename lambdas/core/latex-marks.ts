/** Ties, quotation marks, dashes, braces and scripts: which of them LaTeX means, and which running text. */
import { written, type Stretch } from './latex-stretch';

export const markOfFormula = (token: string): string =>
  token.startsWith("'") ? (PRIMES[token.length - 1] ?? token) : token.startsWith('~') ? ' ' : token;

const PRIMES = ['′', '″', '‴'];

export function markOfText(here: Stretch, at: number, token: string): string {
  const before = here.tail.slice(-1);
  const after = here.tokens[at + 1]?.[0] ?? '';
  switch (token) {
    case '~':
      return isTie(here, at, after) ? ' ' : token;
    case '`':
      return here.quotes.has(at) ? '‘' : token;
    case "'":
      return here.quotes.has(at) ? '’' : token;
    case '``':
    case "''":
      return quotation(before, after, token);
    case '--':
      return isDash(before, after) ? '–' : token;
    case '---':
      return isDash(before, after) ? '—' : token;
    case '}': // of a \textbf{A}gentic that lost its beginning
      return /\p{L}/u.test(before) && /\p{L}/u.test(after) ? '' : token;
    default:
      return token;
  }
}

/** A tie joins words; before a number it may also say "about" (~30%), between numbers "to" (10~20). */
function isTie(here: Stretch, at: number, after: string): boolean {
  if (after === '\\' || here.verbatim.has(at + 1)) return true;
  if (/^\s?$/.test(after) || /(?:^|[\s([{/=<>≈])$/.test(here.tail)) return false;
  return !/\d/.test(after) || !/(?:^|[^\p{L}\p{N}.,])[\d.,]{1,8}[A-Za-z%×]{0,2}$/u.test(here.tail);
}

/** Both marks are found on both sides: ''so'', ``so``. */
function quotation(before: string, after: string, token: string): string {
  const begins = /^[\s([{"–—-]?$/u.test(before);
  const ends = /^[\s.,;:!?)\]]?$/.test(after);
  if (begins && /^\s?$/.test(after)) return token;
  const opens = token === '``' ? !ends : begins && /[\p{L}\p{N}\\$({[]/u.test(after);
  return opens ? '“' : '”';
}

/** "--once" is an option, "<!--" and "-->" are no dashes either. */
const isDash = (before: string, after: string): boolean =>
  !/[<!|+]/.test(before) && !/[>|+]/.test(after) && (!/^\s?$/.test(before) || /^\s?$/.test(after));

/** Braces that group for LaTeX, and are no set, no place in a template: {\deg}, {B}ERT, {GPT}-4, 1{,}000. */
export function isForLatexOnly(here: Stretch, at: number, end: number): boolean {
  const inner = written(here, at + 1, end);
  if (inner === '' || inner.includes('\\') || /^[=<>,.:;+*/-]$/.test(inner)) return true;
  const before = here.tokens[at - 1] ?? '';
  const after = here.tokens[end + 1] ?? '';
  const isWord = /^[\p{L}\p{N}.+-]+$/u.test(inner) && /\p{L}/u.test(inner);
  if (!isWord || /[{$/_"'=:#%]$/.test(before) || /^[}/_"'=]/.test(after)) return false;
  return /\p{L}$/u.test(before) || /^\p{L}/u.test(after) || /^(?=.*\p{Lu})../u.test(inner);
}

/** What a script takes without braces: in running text not the beginning of a word, so that file_name stays. */
export const SCRIPTS = {
  text: {
    '^': /^(?:\+?\d+(?:\.\d+)?|\p{L}(?![\p{L}\p{N}])|\*(?!\*))/u,
    _: /^(?:\d+(?:\.\d+)?(?![\p{Ll}\d])|\p{L}(?![\p{L}\p{N}]))/u,
  },
  math: {
    '^': /^ ?(?:\+?\d+(?:\.\d+)?|[^\s,;:()[\]])/u,
    _: /^ ?(?:\d+(?:\.\d+)?|[^\s,;:()[\]])/u,
  },
};

/** Whether ^ or _ of running text stands for a script: after a formula's letter, or before braces. */
export function isBase(here: Stretch, sign: '^' | '_', next: number): boolean {
  if (here.last === 'symbol') return true;
  if (here.tokens[next] === '{' || sign === '^') return /[\p{L}\p{N})\]}°]$/u.test(here.tail);
  const isName = here.tokens[next + 1] === '_' && /^[\p{L}\p{N}]+$/u.test(here.tokens[next] ?? '');
  return !isName && /(?:^|[^\p{L}\p{N}_/.\\-])\p{L}$|[\p{Script=Greek}ℓ]$/u.test(here.tail);
}

/** Quotation marks that a program escaped, as in it\'s and \"so called\": they are no accents. */
export function isQuote(here: Stretch, at: number, name: string): boolean {
  const after = here.tokens[at + 1] ?? '';
  const inWord = /\p{L}$/u.test(here.tail);
  if (name === "'") return inWord && /^(?:s|t|d|m|re|ve|ll)(?!\p{L})/u.test(after);
  if (name !== '"') return false;
  if (!/^[\p{L}{\\]/u.test(after)) return true;
  const next = here.tokens.slice(at + 1, at + 20).indexOf('\\"');
  return !inWord && next >= 0 && !/^[\p{L}{\\]/u.test(here.tokens[at + next + 2] ?? '');
}
