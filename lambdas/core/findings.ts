/** Where a text has what a search asks for, and whether it stands close together. */
import { isBounded } from './abbreviations';
import { OTHERWISE, type Clause, type Initials, type Numbers } from './clauses';
import { TITLE, type Passage, type TextIndex } from './text-index';

export interface Findings {
  /** For each word of the clause: how often it stands there, in the title for more and as an abbreviation for less. */
  counts: Numbers;
  /** How often the whole phrase does. */
  phrases: number;
  /** By position. */
  marks: readonly Mark[];
}

/** A word of the clause at a position in the passage's row. */
export interface Mark {
  position: number;
  word: number;
}

export interface Reader {
  /** Places of the passages that have any of the clause's words, and how many of them at most. */
  reach: ReadonlyMap<number, number>;
  /** Reads once through a passage. */
  read: (place: number) => Findings;
}

export function readerOf(clause: Clause, index: TextIndex): Reader {
  const wanted = new Uint8Array(index.numbers); // quicker to ask than a map, for each word of many passages
  const reach = new Map<number, number>();
  for (const [number, signs] of clause.signs) {
    wanted[number] = 1;
    const words = signs.reduce((sum, sign) => sum + sign.words.length, 0);
    for (const place of index.placesOf(number)) reach.set(place, (reach.get(place) ?? 0) + words);
  }
  for (const [number] of clause.phrase[0] ?? []) if (number !== undefined) wanted[number] = 1;
  return { reach, read: (place) => findingsIn(index.passages[place] as Passage, clause, wanted) };
}

function findingsIn({ row, titleLength }: Passage, clause: Clause, wanted: Uint8Array): Findings {
  const counts = clause.stems.map(() => 0);
  const marks: Mark[] = [];
  let phrases = 0;
  for (let position = 0; position < row.length; position++) {
    if (!wanted[row[position] as number]) continue;
    for (const { numbers, words, weight } of clause.signs.get(row[position] as number) ?? []) {
      if (!standsAt(row, position, numbers)) continue;
      for (const word of words) {
        counts[word] = (counts[word] ?? 0) + (position < titleLength ? TITLE * weight : weight);
        marks.push({ position, word });
      }
    }
    phrases += phraseAt(row, position, clause.phrase);
  }
  return { counts, phrases, marks };
}

const standsAt = (row: Int32Array, start: number, numbers: Numbers): boolean =>
  numbers.every((number, n) => row[start + n] === number);

/** What a phrase that starts there counts; 0 if there is none. */
function phraseAt(row: Int32Array, start: number, phrase: Clause['phrase']): number {
  let position = start;
  let count = phrase.length > 0 ? 1 : 0;
  for (const ways of phrase) {
    const way = ways.findIndex((numbers) => standsAt(row, position, numbers));
    if (way < 0) return 0;
    if (way > 0) count = OTHERWISE;
    position += (ways[way] as Numbers).length;
  }
  return count;
}

/** By place: marks where stems begin with the letters of a word that may be short for them. */
export function initialMarks(wanted: readonly Initials[], index: TextIndex): Map<number, Mark[]> {
  const { letters: all, starts } = index.initials();
  const found = new Map<number, Mark[]>();
  for (const { letters, word } of wanted) {
    for (let at = all.indexOf(letters); at >= 0; at = all.indexOf(letters, at + 1)) {
      const place = lastUpTo(starts, at);
      const position = at - (starts[place] as number);
      if (!mayBeLong(index, place, position, letters.length)) continue;
      const marks = found.get(place);
      if (marks) marks.push({ position, word });
      else found.set(place, [{ position, word }]);
    }
  }
  return found;
}

/** Whether what starts there may be what so many letters, or as many and an s, stand for. */
function mayBeLong(
  { passages, stemOf }: TextIndex,
  place: number,
  position: number,
  letters: number,
): boolean {
  const { row } = passages[place] as Passage;
  const stemAt = (at: number): string => stemOf(row[at] ?? -1);
  const first = stemAt(position);
  const next = stemAt(position + letters);
  return (
    isBounded([first, stemAt(position + letters - 1)]) || (next.startsWith('s') && isBounded([first, next]))
  );
}

/** The place of the last number that is not greater. */
function lastUpTo(ascending: readonly number[], most: number): number {
  let [low, high] = [0, ascending.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) <= most) low = middle;
    else high = middle;
  }
  return low;
}

/** How many of so many words must stand close together: two thirds, but both of two. */
export const enoughOf = (words: number): number => (words < 3 ? words : Math.ceil((words * 2) / 3));

/**
 * Whether enough words stand close together, in twice as many words as the clause has and one, and weigh at least so
 * much. Marks by position; weights by word.
 */
export function areClose(marks: readonly Mark[], weights: Numbers, least = 0): boolean {
  const words = weights.length;
  return marks.some(({ position }, start) => {
    const near: boolean[] = [];
    let [count, weight] = [0, 0];
    for (let n = start; n < marks.length && (marks[n] as Mark).position <= position + 2 * words; n++) {
      const { word } = marks[n] as Mark;
      if (near[word]) continue;
      near[word] = true;
      count += 1;
      weight += weights[word] ?? 0;
    }
    return count >= enoughOf(words) && weight >= least;
  });
}
