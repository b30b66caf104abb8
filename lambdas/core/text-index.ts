/** Titles and abstracts as rows of stems, numbered so that a search compares numbers. */
import { initialsOf, learnAbbreviations, type Abbreviations } from './abbreviations';
import type { Paper } from './paper';
import { stemOf, wordsOf } from './words';

export interface Passage {
  /** The numbers of the title's stems, END, those of the abstract's, END. */
  row: Int32Array;
  titleLength: number;
  /** In words; those of the title count TITLE times. */
  length: number;
}

export interface TextIndex {
  /** By place of the paper. */
  passages: readonly Passage[];
  averageLength: number;
  abbreviations: Abbreviations;
  stemOf: (number: number) => string;
  /** NOWHERE if no paper has the stem. */
  numberOf: (stem: string) => number;
  /** One more than the greatest number. */
  numbers: number;
  /** Places of the papers that have a stem, ascending. */
  placesOf: (number: number) => readonly number[];
  /** The first letters of all stems of all passages, a letter each; where one passage starts the one before has ended. */
  initials: () => { letters: string; starts: readonly number[] };
}

/** How many words of the abstract one of the title is worth. */
export const TITLE = 2;
const END = 0;
export const NOWHERE = -1;

export function indexTexts(papers: readonly Paper[]): TextIndex {
  const stems = [''];
  const places: number[][] = [[]];
  const numbers = new Map<string, number>();
  const numbersByWord = new Map<string, number>();

  const numberFor = (word: string): number => {
    const stem = stemOf(word);
    const number = numbers.get(stem) ?? stems.push(stem) - 1;
    numbers.set(stem, number);
    numbersByWord.set(word, number);
    return number;
  };
  const read = (text: string, place: number): number[] =>
    wordsOf(text).map((word) => {
      const number = numbersByWord.get(word) ?? numberFor(word);
      const known = (places[number] ??= []);
      if (known.at(-1) !== place) known.push(place);
      return number;
    });

  const passages = papers.map(({ title, abstract }, place): Passage => {
    const inTitle = read(title, place);
    const inAbstract = read(abstract, place);
    const row = Int32Array.from([...inTitle, END, ...inAbstract, END]);
    return { row, titleLength: inTitle.length, length: TITLE * inTitle.length + inAbstract.length };
  });
  const stemByNumber = (number: number): string => stems[number] ?? '';
  let initials: ReturnType<TextIndex['initials']> | undefined; // not everybody asks for them
  return {
    passages,
    averageLength: passages.reduce((sum, { length }) => sum + length, 0) / passages.length || 1,
    abbreviations: learnAbbreviations(papers.flatMap(({ title, abstract }) => [title, abstract])),
    stemOf: stemByNumber,
    numberOf: (stem) => numbers.get(stem) ?? NOWHERE,
    numbers: stems.length,
    placesOf: (number) => places[number] ?? [],
    initials: () => (initials ??= initialsIn(passages, stemByNumber)),
  };
}

function initialsIn(passages: readonly Passage[], stemByNumber: (number: number) => string) {
  const letters = passages.map(({ row }) => initialsOf(Array.from(row, stemByNumber)));
  let end = 0;
  const starts = letters.map(({ length }) => (end += length) - length);
  return { letters: letters.join(''), starts };
}
