/** A stretch of tokens that is being read: what it shows so far, and what its commands find after them. */
import type { Parsed } from './latex-tokens';

export type Mode = 'text' | 'math';

export interface Stretch extends Parsed {
  to: number;
  mode: Mode;
  shown: string[];
  /** The end of what is shown: enough to tell what a mark follows. */
  tail: string;
  /** What was shown last: after "log" a letter needs a space; a symbol may be a base of ^ and _. */
  last: Kind;
}

type Kind = 'function' | 'symbol' | 'other';

export function show(here: Stretch, shown: string, kind: Kind = 'other'): void {
  if (shown === '') return;
  const touches =
    (here.last === 'function' && /^[\p{L}\p{N}√∑∏∫]/u.test(shown)) ||
    (kind === 'function' && /[\p{L}\p{N})\]]$/u.test(here.tail));
  here.shown.push(touches ? ` ${shown}` : shown);
  here.tail = (here.tail + (touches ? ' ' : '') + shown.slice(-12)).slice(-12);
  here.last = kind;
}

/** Shows something, and answers the token to go on with. */
export function showAnd(here: Stretch, shown: string, next: number, kind?: Kind): number {
  show(here, shown, kind);
  return next;
}

/** Where the group or formula that opens here ends, if it does so within the stretch. */
export function endOf(here: Stretch, at: number): number | undefined {
  const end = here.closes.get(at);
  return end !== undefined && end < here.to ? end : undefined;
}

export const written = (here: Stretch, from: number, to: number): string =>
  here.tokens.slice(from, to).join('');

/** Takes the beginning of a token away from it, if it is so. */
export function taken(here: Stretch, at: number, beginning: RegExp): string | undefined {
  const token = here.tokens[at] ?? '';
  const [found] = (at < here.to && !here.verbatim.has(at) && beginning.exec(token)) || [];
  if (found !== undefined) here.tokens[at] = token.slice(found.length);
  return found;
}

/** Tokens to be read, or letters that need no reading. */
export type Argument = ({ from: number; to: number } | { letters: string }) & { end: number };

/**
 * What a command takes: a group; or, where it may do without braces, another command with its groups, or the letters
 * that the running text goes on with.
 */
export function argument(here: Stretch, at: number, without?: RegExp): Argument | undefined {
  const [token = '', after = ''] = here.tokens.slice(at, Math.min(at + 2, here.to));
  if (/^ ?$/.test(token) && /^[{\\]/.test(after)) return argument(here, at + 1, without);
  if (token === '{') {
    const end = endOf(here, at);
    return end === undefined ? undefined : { from: at + 1, to: end, end: end + 1 };
  }
  if (!without || here.verbatim.has(at) || /^[`'~^_$}]/.test(token)) return undefined;
  if (token.startsWith('\\')) return /^\\[A-Za-z]/.test(token) ? commandAt(here, at) : undefined;
  const negative = token === '-' ? 1 : 0;
  const letters = taken(here, at + negative, negative ? /^\d+(?:\.\d+)?/ : without);
  return letters === undefined
    ? undefined
    : { letters: (negative ? '-' : '') + letters.trim(), end: at + negative };
}

/** A command and the groups that follow it at once. */
function commandAt(here: Stretch, at: number): Argument {
  let to = at + 1;
  for (let end = endOf(here, to); here.tokens[to] === '{' && end !== undefined; end = endOf(here, to))
    to = end + 1;
  return { from: at, to, end: to };
}
