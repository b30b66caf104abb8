/** What a search asks of texts: words, or a phrase in quotes, numbered as in an index. */
import { initialsOf, isAbbreviation, isBounded, LONGEST } from './abbreviations';
import { NOWHERE, type TextIndex } from './text-index';
import { isFunctionWord, stemOf } from './words';

type Stems = readonly string[];
export type Numbers = readonly number[];

export interface Clause {
  /** The stems that count, each once: function words only if there are no others. A word is called by its place here. */
  stems: Stems;
  /** By the number they begin with. */
  signs: ReadonlyMap<number, readonly Sign[]>;
  /** The whole phrase: for each part of it the ways to write it, the reader's own first. */
  phrase: readonly (readonly Numbers[])[];
  isQuoted: boolean;
}

/** Where these numbers stand in a row, these words of the clause stand, and count so much. */
export interface Sign {
  numbers: Numbers;
  words: Numbers;
  weight: number;
}

/** Stems that begin with these letters, or these and an s, may be what a word of the clause is short for. */
export interface Initials {
  letters: string;
  word: number;
}

/** What "LLM" counts where "large language model" was asked for, and the other way about. */
export const OTHERWISE = 0.2;

export function clauseOf(words: Stems, isQuoted: boolean, index: TextIndex): Clause {
  const row = words.map(stemOf);
  const stems = tellingOf(row);
  const parts = isQuoted ? row.map((stem): Part => ({ stems: [stem] })) : partsOf(row, index);
  const numbered = (some: Stems): Numbers => some.map(index.numberOf);
  const others = parts.flatMap(({ stems: part, other }) =>
    other ? [{ numbers: numbered(other), words: wordsIn(part, stems), weight: OTHERWISE }] : [],
  );
  return {
    stems,
    signs: byFirst([...ownSigns(stems, index), ...others]),
    phrase: parts.map(({ stems: part, other }) => (other ? [part, other] : [part]).map(numbered)),
    isQuoted,
  };
}

/**
 * The same without any list's abbreviations but with all that other lists could define: where `clauseOf` has a mark in a
 * text, whatever its index is of, this one has it too.
 */
export function possibleClauseOf(words: Stems, index: TextIndex): Clause & { initials: readonly Initials[] } {
  const row = words.map(stemOf);
  const stems = tellingOf(row);
  const shorter = row
    .flatMap((_, start) => rowsFrom(row, start))
    .map((part) => ({
      numbers: [index.numberOf(stemOf(initialsOf(part)))],
      words: wordsIn(part, stems),
      weight: OTHERWISE,
    }));
  const initials = stems.flatMap((letters, word) =>
    isAbbreviation(letters) || isAbbreviation(`${letters}s`) ? [{ letters, word }] : [],
  );
  const signs = byFirst([...ownSigns(stems, index), ...shorter]);
  return { stems, signs, phrase: [], isQuoted: false, initials };
}

function tellingOf(row: Stems): string[] {
  const each = [...new Set(row)];
  const telling = each.filter((stem) => !isFunctionWord(stem));
  return telling.length > 0 ? telling : each;
}

const ownSigns = (stems: Stems, index: TextIndex): Sign[] =>
  stems.map((stem, word) => ({ numbers: [index.numberOf(stem)], words: [word], weight: 1 }));

const wordsIn = (part: Stems, stems: Stems): number[] =>
  stems.flatMap((stem, word) => (part.includes(stem) ? [word] : []));

function byFirst(signs: readonly Sign[]): Map<number, Sign[]> {
  const found = new Map<number, Sign[]>();
  for (const sign of signs) {
    const [first = NOWHERE] = sign.numbers;
    if (first !== NOWHERE) found.set(first, [...(found.get(first) ?? []), sign]);
  }
  return found;
}

interface Part {
  stems: Stems;
  /** The same in other words. */
  other?: Stems;
}

/** Cuts a row into single stems and what has an abbreviation, as long as possible. */
function partsOf(row: Stems, { abbreviations: { long, short } }: TextIndex): Part[] {
  const parts: Part[] = [];
  for (let start = 0; start < row.length; start += parts.at(-1)?.stems.length ?? 1) {
    const stems = rowsFrom(row, start).findLast((some) => short.has(some.join(' '))) ?? [
      row[start] as string,
    ];
    const abbreviation = short.get(stems.join(' '));
    const other = abbreviation === undefined ? long.get(stems.join(' ')) : [abbreviation];
    parts.push(other ? { stems, other } : { stems });
  }
  return parts;
}

/** All that can be abbreviated and starts there, the shortest first. */
function rowsFrom(row: Stems, start: number): Stems[] {
  const rows: Stems[] = [];
  for (let end = start + 2; end <= Math.min(row.length, start + LONGEST); end++)
    rows.push(row.slice(start, end));
  return rows.filter((part) => isBounded(part) && isAbbreviation(initialsOf(part)));
}
