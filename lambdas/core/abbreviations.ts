/** Abbreviations, learnt from the papers themselves: "large language models (LLMs)" says that the two mean the same. */
import { isFunctionWord, stemOf, wordsOf } from './words';

export interface Abbreviations {
  /** Stems by the stem of the abbreviation: "llm" is large, language, model. */
  long: ReadonlyMap<string, readonly string[]>;
  /** The other way about, by the stems with spaces between them. */
  short: ReadonlyMap<string, string>;
}

const SHORTEST = 2;
export const LONGEST = 10;
/** Made with the first index, since classes of Unicode take long to make. */
const bracketed = () => /\(([\p{L}\p{N}-]{2,14})[),;]/gu;

/** What the texts define. Where they disagree, what most of them say counts, and of as many the first by alphabet. */
export function learnAbbreviations(texts: readonly string[]): Abbreviations {
  const defined = new Map<string, Map<string, number>>();
  for (const text of texts) {
    const inText = new Map([...text.matchAll(bracketed())].flatMap((found) => definition(text, found)));
    for (const [short, long] of inText) {
      const known = defined.get(short) ?? new Map<string, number>();
      defined.set(short, known.set(long, (known.get(long) ?? 0) + 1));
    }
  }
  const chosen = [...defined].map(([short, known]): [string, string] => [short, mostSaid(known)]);
  return {
    long: new Map(chosen.map(([short, long]) => [short, long.split(' ')])),
    short: new Map(chosen.toSorted(([a], [b]) => (a < b ? 1 : -1)).map(([short, long]) => [long, short])),
  };
}

const mostSaid = (known: ReadonlyMap<string, number>): string =>
  [...known].reduce((best, one) =>
    one[1] > best[1] || (one[1] === best[1] && one[0] < best[0]) ? one : best,
  )[0];

/** Such as ["llm", "large language model"], if the words before the brackets begin with its letters. */
function definition(text: string, { 1: inBrackets = '', index }: RegExpExecArray): [string, string][] {
  const short = wordsOf(inBrackets).join('');
  // only what stands in one row: "reinforcement learning (RL)" but not "reinforcement. Learning (RL)"
  const row = text.slice(Math.max(0, index - 120), index).split(/[^\p{L}\p{N}\p{M}\s'’/–-]/u);
  const stems = wordsOf(row.at(-1) ?? '').map(stemOf);
  for (const letters of new Set([short, short.replace(/s$/, '')])) {
    const long = stems.slice(-letters.length);
    if (isAbbreviation(letters) && initialsOf(long) === letters && isBounded(long))
      return [[stemOf(letters), long.join(' ')]];
  }
  return [];
}

/** Whether letters may stand for words: few, no function word, and no form of another word but for an s. */
export const isAbbreviation = (letters: string): boolean =>
  letters.length >= SHORTEST &&
  letters.length <= LONGEST &&
  !isFunctionWord(stemOf(letters)) &&
  [letters, letters.replace(/s$/, '')].includes(stemOf(letters));

/** One letter a word, so that places in the one are places in the other. */
export const initialsOf = (stems: readonly string[]): string =>
  stems.map((stem) => stem.charAt(0) || ' ').join('');

/** Whether stems may be what an abbreviation stands for: several, and no function word at either end. */
export const isBounded = (stems: readonly string[]): boolean =>
  stems.length > 1 && ![stems[0], stems.at(-1)].some((stem) => stem === undefined || isFunctionWord(stem));
