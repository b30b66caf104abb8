/** What Hugging Face leaves of LaTeX: it drops dollars and most backslashes ("3.9times", "pi_{0.5}"). They are put back. */
import { GREEK } from './latex-symbols';
import { VERBATIM } from './latex-tokens';

const greek = [...GREEK.keys()].join('|');

/** Ended by {} where letters follow: ARleftrightarrowEN. */
const command = (name: string, after: string): string => `\\${name}${/^\p{L}/u.test(after) ? '{}' : ''}`;

type Habit = readonly [where: RegExp, put: string | ((found: RegExpExecArray, after: string) => string)];

/**
 * Where a name can only be a command that lost its backslash: beside a digit, a script, a brace, another command. Words
 * of the language stay: sim2real, alpha channels, textless, 3 times. Later rows meet the work of earlier ones.
 */
const HABITS: readonly Habit[] = [
  // quotations that begin in one style and end in the other
  [/``([^`'"]{1,100})"(?![\p{L}\p{N}])/gu, "``$1''"],
  [/(?<![\p{L}\p{N}\p{P}])"([^`'"]{1,100})''(?!')/gu, "``$1''"],
  // of \frac{m}{\delta} it leaves m{delta}; arXiv's own {\mu} keeps its backslash
  [new RegExp(`(?<![\\p{L}\\\\_^])([\\p{L}\\p{N}])\\{((?:${greek})(?:\\^\\d)?)\\}`, 'gu'), '$1/\\$2'],
  // texttt{D}ual, R^textbf{2AI}, mathcal{O}(n)
  [
    /(?<![\\\p{L}])(?=(?:text(?:bf|it|tt|sc|sf|rm|sl|up)?|math(?:cal|bb|bf|rm|sf|it|tt|scr|frak)|emph|underline|operatorname|boldsymbol)\{)/gu,
    '\\',
  ],
  [/(?<![\\\p{L}])red\{/gu, '\\textcolor{red}{'],
  [/\{(?=(?:bf|em|tt|sc|sf|rm|cal) [\p{L}\p{N}])/gu, '{\\'],
  // 360^circ, 360^{circ}
  [/\^(?:circ(?=times|[^a-z]|$)|\{circ\})/g, '^{\\circ}'],
  // R^{d times d}, _{theta}
  [
    /[_^]\{[^{}\\]{1,60}\}/g,
    ([script]) =>
      script.replace(
        new RegExp(`(?<!\\p{L})(?=(?:times|cdot|star|prime|dagger|top|infty|${greek})(?!\\p{L}))`, 'gu'),
        '\\',
      ),
  ],
  // 0.73rightarrow0.90, ARleftrightarrowEN, within error varepsilon
  [
    /\\[A-Za-z]+|((?:long)?(?:left|right|leftright)arrow|(?:Left|Right|up|down)arrow|varepsilon|varphi|propto)/g,
    ([found, name], after) => (name === undefined ? found : command(name, after)),
  ],
  // lambdacdot d
  [new RegExp(`(?<![\\\\\\p{L}])(${greek})cdot(?![a-z])`, 'gu'), '\\$1\\cdot'],
  // leq3B, infty-LLMs
  [/(?<![\\\p{L}])(infty|[lgn]eq|cdots?|ldots)(?![a-z])/gu, ([, name = ''], after) => command(name, after)],
  [/(?<![\\\p{L}-])approx(?= ?-?\d)/gu, '\\approx'],
  [/(?<=\d)pm(?=\d)/g, '\\pm'],
  // 3.9times faster, 64times 64, 15timessim50times, 8timesRTX
  [/(?<=[\d}°])times(?![a-rt-z]|s(?!im\d))/g, (_, after) => (/^ ?\d/.test(after) ? '\\times' : '\\times{}')],
  [/(?<![\\\p{L}])(\p{L})times(?=\p{L}(?!\p{L})|\d)/gu, '$1\\times{}'],
  // sim30, 1sim4, sim543K
  [/(?<![\\\p{L}])(?=sim\d[\d.,]*(?:(?:x|k|m|b|s|ms|fps)(?!\p{L})|[^a-z\d.,]|$))/gu, '\\'],
  // pi_0, theta_{SFT}, chi^2
  [
    new RegExp(
      `(?<![\\\\\\p{L}\\p{N}_])(?=(?:${greek}|ell)[_^](?:[{\\\\*]|[+-]?\\d+(?!\\w)|[A-Za-z](?!\\w)))`,
      'gu',
    ),
    '\\',
  ],
  [/(?<![\\\p{L}\p{N}_])(?=(?:sum|prod)_\{)/gu, '\\'],
  // Oleft(n right)
  [/(?<=\bO)left\( ?([^()]{1,80}?) ?right\)/g, '($1)'],
  // O(nlog n)
  [/(?<=\bO\()(\p{L})log(?=[ (\\])/gu, '$1\\log'],
  [/(?<![\p{L}\p{N}_\\])CO_2(?!\w)/gu, 'CO_{2}'],
];

/** The text with the commands that it lost; URLs and code stay. */
export const restoreCommands = (text: string): string =>
  text
    .split(VERBATIM)
    .map((part, n) => (n % 2 ? part : HABITS.reduce(restore, part)))
    .join('');

function restore(text: string, [where, put]: Habit): string {
  if (typeof put === 'string') return text.replace(where, put);
  return text.replace(where, (...found: unknown[]) => {
    const [at, whole] = found.slice(-2) as [number, string];
    const match = found.slice(0, -2) as unknown as RegExpExecArray;
    return put(match, whole.slice(at + match[0].length, at + match[0].length + 2));
  });
}
