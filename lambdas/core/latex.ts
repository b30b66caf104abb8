/** LaTeX in running text and formulas, read as Unicode. What is no LaTeX that we know stays as it was written. */
import { address, COMMANDS, linked, type ReadAs } from './latex-commands';
import { accented, script } from './latex-letters';
import { isBase, isForLatexOnly, isQuote, markOfFormula, markOfText, SCRIPTS } from './latex-marks';
import { argument, endOf, show, showAnd, taken, written } from './latex-stretch';
import type { Argument, Mode, Stretch } from './latex-stretch';
import * as symbols from './latex-symbols';
import { parse, type Parsed } from './latex-tokens';

export function readLatex(text: string): string {
  const parsed = parse(text);
  return read(parsed, 0, parsed.tokens.length, 'text');
}

function read(parsed: Parsed, from: number, to: number, mode: Mode): string {
  const stretch: Stretch = { ...parsed, to, mode, shown: [], tail: '', last: 'other' };
  let at = from;
  while (at < to) at = readToken(stretch, at);
  return stretch.shown.join('');
}

/** Reads what begins at a token, and answers the token to go on with; so do all that are called from here. */
function readToken(here: Stretch, at: number): number {
  const token = here.tokens[at] ?? '';
  if (here.verbatim.has(at)) return readVerbatim(here, at, token);
  const first = token.charAt(0);
  switch (first) {
    case '\\':
      return readCommand(here, at, token.slice(1).replace(/(?<=.)\*$/, ''));
    case '{':
      return readGroup(here, at);
    case '$':
      return readFormula(here, at);
    case '^':
    case '_':
      return readScript(here, at, first);
    default:
      return showAnd(here, here.mode === 'math' ? markOfFormula(token) : markOfText(here, at, token), at + 1);
  }
}

/** Code and URLs; of \href{url}{label} Hugging Face leaves url{label}. */
function readVerbatim(here: Stretch, at: number, token: string): number {
  if (token.startsWith('`')) return showAnd(here, token, at + 1);
  if (token.startsWith('\\')) return showAnd(here, `\`${token.slice('\\verb|'.length, -1)}\``, at + 1);
  const urlAgain = here.tokens[at + 1] === ' ' && here.verbatim.has(at + 3);
  const label = at + (urlAgain ? 2 : 1);
  const end = here.tokens[label] === '{' ? endOf(here, label) : undefined;
  if (end === undefined) return showAnd(here, address(token), at + 1);
  return showAnd(here, linked(address(token), read(here, label + 1, end, here.mode)), end + 1);
}

function readGroup(here: Stretch, at: number): number {
  const end = endOf(here, at);
  if (end === undefined) return showAnd(here, '{', at + 1);
  const bare = here.mode === 'math' || isForLatexOnly(here, at, end);
  const inner = read(here, at + 1, end, here.mode);
  return showAnd(here, bare ? inner : `{${inner}}`, end + 1);
}

function readFormula(here: Stretch, at: number): number {
  const end = endOf(here, at);
  if (end === undefined) return showAnd(here, '$', at + 1);
  return showAnd(here, read(here, at + 1, end, 'math').trim(), end + 1);
}

function readScript(here: Stretch, at: number, sign: '^' | '_'): number {
  const { last, mode } = here;
  const isScript = mode === 'math' || isBase(here, sign, at + 1);
  const found = isScript ? argument(here, at + 1, SCRIPTS[mode][sign]) : undefined;
  here.last = 'other'; // log², not log ²
  show(here, found ? script(sign, readArgument(here, found, 'math')) : sign);
  here.last = last;
  return found?.end ?? at + 1;
}

function readArgument(here: Stretch, found: Argument, as: ReadAs): string {
  if ('letters' in found) return found.letters;
  if (as === 'raw') return written(here, found.from, found.to);
  return read(here, found.from, found.to, as === 'same' ? here.mode : as);
}

const ESCAPED = /^[%&#_${}]$/;

function readCommand(here: Stretch, at: number, name: string): number {
  if (ESCAPED.test(name)) return showAnd(here, name, at + 1);
  if (/^[([]$/.test(name) && endOf(here, at) !== undefined) return readFormula(here, at);
  if (symbols.TEXT_ACCENTS.has(name) && here.mode === 'text') return readAccent(here, at, name);
  return (
    readSymbol(here, at + 1, name) ??
    readSpace(here, at + 1, name) ??
    (here.mode === 'text' ? readMark(here, at + 1, name) : undefined) ??
    readWithArguments(here, at + 1, name) ??
    readUnknown(here, at)
  );
}

function readAccent(here: Stretch, at: number, name: string): number {
  const after = here.tokens[at + 1] ?? '';
  if (isQuote(here, at, name)) return showAnd(here, name, at + 1);
  if (/^\\(?![ij]$)/.test(after)) return readUnknown(here, at);
  const base = argument(here, at + 1, /[a-z]/i.test(name) ? /^ [A-Za-z]/ : /^\p{L}/u);
  if (!base) return readUnknown(here, at);
  const letter = readArgument(here, base, 'text');
  if (after.startsWith('\\')) taken(here, base.end, /^ /); // na\"\i ve
  const stands = letter === '' && /[~^]/.test(name); // \~{} and \^{}
  return showAnd(here, stands ? name : accented(letter, symbols.TEXT_ACCENTS.get(name) ?? ''), base.end);
}

function readSymbol(here: Stretch, next: number, name: string): number | undefined {
  const operator = symbols.OPERATORS.get(name);
  if (operator !== undefined) return readOperator(here, next, operator);
  const letter = symbols.LETTERS.get(name);
  if (letter !== undefined) return readLetter(here, next, letter);
  if (name === 'deg' && here.mode === 'text') return showAnd(here, '°', next); // arXiv's own spelling of the sign
  const word = symbols.FUNCTIONS.get(name);
  return word === undefined ? undefined : showAnd(here, word, next, 'function');
}

/** As much space after it as before: 2\times 3 is 2×3, but in running text "2.3\times greater" keeps its own. */
function readOperator(here: Stretch, next: number, shown: string): number {
  const keeps =
    here.mode === 'text' && shown === '×' && !/^ (?:\d|\p{Lu}(?!\p{L}))/u.test(here.tokens[next] ?? '');
  if (!keeps && !here.tail.endsWith(' ')) taken(here, next, /^ /);
  return showAnd(here, shown, next, 'symbol');
}

/** In formulas no space before the next letter: \alpha x is αx. */
function readLetter(here: Stretch, next: number, shown: string): number {
  const operatorFollows = symbols.OPERATORS.has(here.tokens[next + 1]?.slice(1) ?? '');
  const joins = here.mode === 'math' && /^[\p{L}∂∇]/u.test(shown);
  if (joins) taken(here, next, operatorFollows ? /^ (?=[\p{L}\p{N}])/u : /^ (?=[\p{L}\p{N}]|$)/u);
  return showAnd(here, shown, next, 'symbol');
}

/** Spaces, and what shows nothing itself. */
function readSpace(here: Stretch, next: number, name: string): number | undefined {
  const shown = symbols.SPACES.get(name);
  if (shown === undefined) return undefined;
  if (/[a-z]/i.test(name)) taken(here, next, /^ /);
  if (/^(?:left|right|middle)$/.test(name)) taken(here, next, /^\./); // \left. has no bracket
  if (name === '\\') taken(here, next, /^\[[\d.]{1,9}[a-z]{2}\]/); // \\[2pt]
  return showAnd(here, shown, next);
}

/** Letters and marks of running text. */
function readMark(here: Stretch, next: number, name: string): number | undefined {
  const letter = symbols.TEXT_LETTERS.get(name);
  if (letter !== undefined) taken(here, next, /^ /);
  const shown = letter ?? symbols.TEXT_MARKS.get(name);
  if (shown === undefined) return undefined;
  if (shown.endsWith('.')) taken(here, next, /^\./); // one full stop after "e.g."
  return showAnd(here, shown, next);
}

function readWithArguments(here: Stretch, next: number, name: string): number | undefined {
  const command = COMMANDS.get(name);
  if (!command) return undefined;
  const hasGroup = here.tokens[next + 1] === '{' && endOf(here, next + 1) !== undefined;
  const option = hasGroup ? taken(here, next, /^\[[^\][{}]{0,100}\]$/) : undefined;
  const found = argumentsOf(here, next, command.takes);
  const last = found.at(-1);
  if (!last || command.only?.test(readArgument(here, last, 'raw')) === false) return undefined;
  const shown = found.map((one, n) => readArgument(here, one, command.takes[n] ?? 'same'));
  const all =
    found.length < command.takes.length ? shown.join('') : command.show(shown, option?.slice(1, -1) ?? '');
  return showAnd(here, all, last.end, command.word ? 'function' : 'symbol');
}

function argumentsOf(here: Stretch, next: number, takes: readonly ReadAs[]): Argument[] {
  const found: Argument[] = [];
  for (const as of takes) {
    const one = argument(here, found.at(-1)?.end ?? next, as === 'raw' ? undefined : /^ ?[^\s]/u);
    if (one) found.push(one);
  }
  return found;
}

/** A command of the authors' own: it stays, and what is in its braces is read. */
function readUnknown(here: Stretch, at: number): number {
  show(here, here.tokens[at] ?? '');
  let next = at + 1;
  for (let end = endOf(here, next); here.tokens[next] === '{' && end !== undefined; end = endOf(here, next)) {
    const onlyEnds = end === next + 1 && !/^\p{L}/u.test(here.tokens[end + 1] ?? ''); // \method{}
    if (!onlyEnds) show(here, `{${read(here, next + 1, end, here.mode)}}`);
    next = end + 1;
  }
  return next;
}
