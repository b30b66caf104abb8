/** Words as searching and comparing see them: folded, cut out of the text, and reduced to a stem their forms share. */

/** Letters that stay whole when Unicode takes accents off, and the other shape of sigma. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
};

/** Scripts that put no space between words: each of their characters counts as a word, and a run of them as a phrase. */
const UNSPACED =
  '(?!\\p{M})[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\u30fc\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]';
/** Made with the first word that is not ASCII: most requests have none, and classes of Unicode take long to make. */
let unspaced: { is: RegExp; pieces: RegExp } | undefined;
const inUnspaced = () =>
  (unspaced ??= {
    is: new RegExp(UNSPACED, 'u'),
    pieces: new RegExp(`${UNSPACED}\\p{M}*|(?:(?!${UNSPACED}).)+`, 'gsu'),
  });

const ASCII = /^[\0-\x7f]*$/;

/** The words of a text in their order: lower case, compatibility forms (NFKC) as one, without accents or apostrophes. */
export function wordsOf(text: string): string[] {
  // most texts; by this way in a third of the time
  if (ASCII.test(text)) return withoutApostrophes(text.toLowerCase()).match(/[a-z0-9]+/g) ?? [];
  const words = folded(text).match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  return words.flatMap((word) => (isUnspaced(word) ? (word.match(inUnspaced().pieces) ?? []) : [word]));
}

const withoutApostrophes = (text: string): string => text.replace(/(?<=\p{L})['’](?=\p{L})/gu, '');

function folded(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/([\p{Script=Latin}\p{Script=Greek}])[\u0300-\u036f]+/gu, '$1') // й is a letter of its own
    .normalize('NFC')
    .replace(/([\p{Mn}\p{Me}]{4})[\p{Mn}\p{Me}]+/gu, '$1') // as core/text.ts leaves papers
    .toLowerCase()
    .replace(/[ßæœøłđðþıς]/g, (letter) => LETTERS[letter] ?? letter);
  return withoutApostrophes(plain);
}

/** Words in a row as they are written: with spaces, but for scripts that have none. */
export const written = (words: readonly string[]): string =>
  words
    .map((word, n) => (n > 0 && !(isUnspaced(words[n - 1]) && isUnspaced(word)) ? ` ${word}` : word))
    .join('');

const isUnspaced = (word: string | undefined): boolean =>
  word !== undefined && !ASCII.test(word) && inUnspaced().is.test(word);

/** Endings of one family: "generation", "generated" and "generative" are one word. */
const FAMILY = ['ation', 'ating', 'ative', 'ated', 'ate'];

/**
 * What the forms of an English word share: plurals, -ing and -ed, -ation and -ion, -ise and -ize; other words stay as they
 * are. Lighter than Porter's, which also makes "general", "generative" and "generous" one. Compared in
 * docs/decisions/0012-searches.md.
 */
export function stemOf(word: string): string {
  if (!/^[a-z]{4,}$/.test(word)) return word;
  const one = singular(word);
  const ending = FAMILY.find((end) => one.endsWith(end) && one.length - end.length >= 4);
  if (ending) return bare(one.slice(0, -ending.length));
  return bare(/[st]ion$/.test(one) && one.length >= 7 ? one.slice(0, -3) : infinitive(one));
}

function singular(word: string): string {
  if (!word.endsWith('s') || /(ss|us|is)$/.test(word)) return word;
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return /(sses|shes|ches|xes|zzes)$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

function infinitive(word: string): string {
  if (word.length > 5 && word.endsWith('ied')) return `${word.slice(0, -3)}y`;
  const ending = ['ing', 'ed'].find((end) => word.endsWith(end) && word.length - end.length >= 3);
  const start = word.slice(0, word.length - (ending?.length ?? 0));
  return /[aeiouy]/.test(start) ? start : word;
}

/** "tune" and "tuning", "label" and "labelled", "process" and "processes", "optimise" and "optimize". */
function bare(word: string): string {
  const silent = word.length > 3 && word.endsWith('e') ? word.slice(0, -1) : word;
  const single = silent.length > 3 && /([^aeiou])\1$/.test(silent) ? silent.slice(0, -1) : silent;
  return single.length > 4 ? single.replace(/iz$/, 'is') : single;
}

const FUNCTION_WORDS = `a about across after against all also an and any are as at be because been before being between both but by can
  could did do does during each either else few for from further had has have he her here him his how i if in into is
  it its just like many may me might more most much must my no nor not of off on once only onto or other our out over
  own per same shall she should so some such than that the their them then there these they this those through to too
  toward under until up upon us very via was we were what when where whether which while who whom whose why will with
  within without would you your`;
/** Made when it is first needed: most of those who load this never search. */
let functionWords: ReadonlySet<string> | undefined;

/** Whether a stem is one of English's function words, which say nothing of what a text is about. */
export const isFunctionWord = (stem: string): boolean =>
  (functionWords ??= new Set(FUNCTION_WORDS.split(/\s+/).map(stemOf))).has(stem);
