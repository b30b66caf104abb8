/** LaTeX's commands with arguments: what they take, and what a reader sees of it. */
import { inAlphabet, mathAccented, operand, script } from './latex-letters';
import { MATH_ACCENTS } from './latex-symbols';

/** An argument is read as running text, as a formula, as what stands around it, or not at all (an address, a key). */
export type ReadAs = 'text' | 'math' | 'same' | 'raw';

export interface Command {
  takes: readonly ReadAs[];
  /** `option` is what stood in square brackets. */
  show: (shown: readonly string[], option: string) => string;
  /** What the first argument has to be; with another one the command stays as it was written. */
  only?: RegExp;
  /** Set like \log: with a space to the letters and numbers beside it. */
  word?: boolean;
}

const named = (names: string, command: Command): [string, Command][] =>
  names.split(/\s+/).map((name) => [name, command]);

const one = (takes: ReadAs, show: (shown: string) => string): Command => ({
  takes: [takes],
  show: ([shown = '']) => show(shown),
});
const two = (takes: readonly [ReadAs, ReadAs], show: (a: string, b: string) => string): Command => ({
  takes,
  show: ([a = '', b = '']) => show(a, b),
});

const inText = one('text', (shown) => shown);
const asAround = one('same', (shown) => shown);
const inScript = one('math', (text) => inAlphabet('script', text));
const inDouble = one('math', (text) => inAlphabet('double', text));
const inFraktur = one('math', (text) => inAlphabet('fraktur', text));
const marked = (name: string): Command => one('math', (text) => mathAccented(name, text));
const fraction = {
  ...two(['same', 'same'], (a, b) => `${operand(a)}/${operand(b)}`),
  word: true, // 2\frac{1}{3} is 2 1/3
};
const choice = two(['math', 'math'], (n, k) => `(${n} choose ${k})`);
const above = two(['math', 'math'], (top, base) => base + script('^', top));

const ROOTS = new Map([
  ['', '√'],
  ['2', '√'],
  ['3', '∛'],
  ['4', '∜'],
]);
const root: Command = {
  takes: ['same'],
  show: ([of = ''], degree) => (ROOTS.get(degree) ?? `${script('^', degree)}√`) + operand(of),
};

/** "[knuth84, p. 3]" */
const cited: Command = {
  takes: ['raw'],
  show: ([keys = ''], note) => {
    const all = [...keys.split(','), note].map((key) => key.trim());
    return `[${all.filter(Boolean).join(', ')}]`;
  },
};
const note = one('text', (text) => ` (${text.trim()})`);

const coloured: Command = {
  ...one('raw', () => ''),
  only: /^(?:black|white|gray|red|green|blue|cyan|magenta|yellow|orange|purple|brown|teal|violet)$/,
};
const environment: Command = {
  ...one('raw', () => ' '),
  only: /^(?:abstract|center|quote|itemize|enumerate|description|equation|align|displaymath|math|gather|small)\*?$/,
};

export const COMMANDS = new Map<string, Command>([
  ...named(
    'text textbf textit texttt textsc textsf textrm textsl textup textmd textnormal mbox hbox',
    inText,
  ),
  ...named('fbox uppercase lowercase MakeUppercase', inText),
  ...named('emph underline uline ul sout ensuremath smash boxed overbrace underbrace substack', asAround),
  ...named('mathrm mathbf mathit mathsf mathtt mathnormal boldsymbol bm pmb', asAround),
  ...named('mathop mathbin mathrel mathord', asAround),
  ...named('mathcal mathscr cal', inScript),
  ...named('mathbb mathds Bbb', inDouble),
  ...named('mathfrak frak', inFraktur),
  ...[...MATH_ACCENTS.keys()].map((name): [string, Command] => [name, marked(name)]),
  ['not', one('math', (text) => text.replace(/^./u, '$&\u0338'))],
  ['operatorname', { ...one('math', (name) => name), word: true }],
  ['pmod', one('math', (n) => `(mod ${n})`)],
  ...named('frac tfrac dfrac cfrac nicefrac sfrac', fraction),
  ...named('binom tbinom dbinom', choice),
  ...named('overset stackrel', above),
  ['underset', two(['math', 'math'], (below, base) => base + script('_', below))],
  ['sqrt', root],
  ['textsuperscript', one('text', (text) => script('^', text))],
  ['textsubscript', one('text', (text) => script('_', text))],
  ['href', two(['raw', 'same'], (url, label) => linked(address(url), label))],
  ...named('url nolinkurl path', one('raw', address)),
  ...named('footnote footnotetext thanks', note),
  ...named(
    'cite citep citet citealp citealt citeauthor citeyear autocite parencite textcite footcite',
    cited,
  ),
  ...named(
    'ref autoref cref Cref pageref nameref',
    one('raw', (key) => `[${key}]`),
  ),
  ['eqref', one('raw', (key) => `(${key})`)],
  ...named(
    'label nocite phantom hphantom vphantom index',
    one('raw', () => ''),
  ),
  ...named(
    'hspace vspace',
    one('raw', () => ' '),
  ),
  ...named(
    'textcolor colorbox',
    two(['raw', 'same'], (_, text) => text),
  ),
  ['color', coloured],
  ...named('begin end', environment),
]);

/** A URL as LaTeX has it, its escaped characters plain. */
export function address(url: string): string {
  return url
    .trim()
    .replace(/\\([_%&#~$])(?:\{\})?/g, '$1')
    .replace(/\\textasciitilde(?:\{\}| )?/g, '~');
}

/** "the code (https://example.org/)"; a label that only says the address again goes. */
export function linked(url: string, label: string): string {
  const whole = label.trim();
  const stop = /^[.,;]$/.test(whole.at(-1) ?? '') ? whole.slice(-1) : '';
  const words = whole.slice(0, whole.length - stop.length);
  return words === '' || bare(words) === bare(url) ? url + stop : `${words} (${url})${stop}`;
}

const bare = (url: string): string =>
  address(url)
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/\/$/, '');
