/** Papers that a search finds: BM25 over title and abstract, more for the whole phrase, a little for upvotes. */
import { admissions } from './admission';
import { clauseOf, possibleClauseOf, type Clause } from './clauses';
import { areClose, enoughOf, initialMarks, readerOf, type Findings } from './findings';
import { upvotesOf, type Paper } from './paper';
import type { Search } from './search';
import { indexTexts, type TextIndex } from './text-index';

export interface Match {
  /** The paper's place in the list that was indexed. */
  place: number;
  score: number;
}

export interface PaperIndex {
  /** Best first, ties by id, at most `most`. `loosely`: also papers below the relevance floor that have any of the words. */
  find(search: Search, most: number, options?: { loosely?: boolean }): Match[];
  /** Places of all papers that `find` could find, if not in this list of papers then in another with them. */
  mentions(search: Search): ReadonlySet<number>;
}

/** How soon a word said again counts for less, and how much less in a long text: the usual values of BM25. */
const K1 = 1.2;
const B = 0.75;
/** What the whole phrase adds if it stands there very often; half of it if it does once. */
const PHRASE = 12;
/** What upvotes add: so much of the score for each e-fold. */
const UPVOTES = 0.02;
/** The relevance floor: so much of what the words weigh stands close together … */
const SHARE = 0.7;
/** … and without the whole phrase the text scores so much of what the best one does. */
const FLOOR = 0.6;

/** Deterministic. Where the figures come from: docs/decisions/0012-searches.md. */
export function indexPapers(papers: readonly Paper[]): PaperIndex {
  const index = indexTexts(papers);
  const admittedBy = admissions(papers);
  const idAt = (place: number): string => papers[place]?.paperId ?? '';
  const withUpvotes = ({ place, score }: Fit): Match => ({
    place,
    score: score * (1 + UPVOTES * Math.log1p(upvotesOf(papers[place] as Paper))),
  });
  return {
    find(search, most, { loosely = false } = {}) {
      const admitted = admittedBy(search);
      const fits = hasText(search) ? fitsOf(search, index, admitted, loosely) : allOf(admitted);
      return (loosely ? fits : aboveFloor(fits))
        .map(withUpvotes)
        .toSorted((a, b) => b.score - a.score || (idAt(a.place) < idAt(b.place) ? -1 : 1))
        .slice(0, most);
    },
    mentions(search) {
      const admitted = admittedBy(search);
      if (!hasText(search)) return admitted;
      return new Set([...mentionsOf(search, index)].filter((place) => admitted.has(place)));
    },
  };
}

const hasText = ({ words, phrases }: Search): boolean => words.length > 0 || phrases.length > 0;

interface Fit {
  place: number;
  score: number;
  /** Has the whole phrase, if only as an abbreviation. */
  isWhole: boolean;
}

/** Without words to score by, upvotes are all there is. */
const allOf = (places: ReadonlySet<number>): Fit[] =>
  [...places].map((place) => ({ place, score: 1, isWhole: true }));

function aboveFloor(fits: readonly Fit[]): Fit[] {
  const best = fits.reduce((most, { score }) => Math.max(most, score), 0);
  return fits.filter(({ score, isWhole }) => isWhole || score >= FLOOR * best);
}

/** The sum over the words as a row and each of the phrases. */
function fitsOf(search: Search, index: TextIndex, admitted: ReadonlySet<number>, loosely: boolean): Fit[] {
  const fits = new Map<number, Fit>();
  for (const clause of clausesOf(search, index)) {
    const weights = clause.stems.map((stem) => weightOf(stem, index));
    const { reach, read } = readerOf(clause, index);
    for (const [place, most] of reach) {
      if (!admitted.has(place) || (!loosely && most < enoughOf(weights.length))) continue;
      const findings = read(place);
      if (!isFit(findings, clause, weights, loosely)) continue;
      const { score = 0, isWhole = false } = fits.get(place) ?? {};
      const more = scoreOf(findings, weights, lengthAt(place, index));
      fits.set(place, { place, score: score + more, isWhole: isWhole || findings.phrases > 0 });
    }
  }
  return [...fits.values()];
}

const clausesOf = ({ words, phrases }: Search, index: TextIndex): Clause[] => [
  ...phrases.map((phrase) => clauseOf(phrase, true, index)),
  ...(words.length > 0 ? [clauseOf(words, false, index)] : []),
];

/** How rare a word is, as Lucene has it: never negative. */
function weightOf(stem: string, index: TextIndex): number {
  const having = index.placesOf(index.numberOf(stem)).length;
  return Math.log(1 + (index.passages.length - having + 0.5) / (having + 0.5));
}

function isFit(
  { phrases, marks }: Findings,
  { isQuoted }: Clause,
  weights: readonly number[],
  loosely: boolean,
): boolean {
  if (isQuoted || loosely) return isQuoted ? phrases > 0 : marks.length > 0;
  return areClose(marks, weights, SHARE * weights.reduce((sum, weight) => sum + weight, 0));
}

const lengthAt = (place: number, { passages, averageLength }: TextIndex): number =>
  (passages[place]?.length ?? 0) / averageLength;

/** `length`: how many times as long as the average. */
function scoreOf({ counts, phrases }: Findings, weights: readonly number[], length: number): number {
  const half = K1 * (1 - B + B * length);
  const words = counts.map((count, word) => ((weights[word] ?? 0) * count * (K1 + 1)) / (count + half));
  return words.reduce((sum, score) => sum + score, (PHRASE * phrases) / (phrases + 1));
}

function mentionsOf({ words, phrases }: Search, index: TextIndex): Set<number> {
  const mentioned = new Set<number>();
  for (const phrase of phrases) {
    const { reach, read } = readerOf(clauseOf(phrase, true, index), index);
    for (const place of reach.keys()) if (read(place).phrases > 0) mentioned.add(place);
  }
  if (words.length === 0) return mentioned;
  const { initials, ...clause } = possibleClauseOf(words, index);
  const { reach, read } = readerOf(clause, index);
  const more = initialMarks(initials, index);
  const weights = clause.stems.map(() => 1);
  for (const place of new Set([...reach.keys(), ...more.keys()])) {
    const others = more.get(place) ?? [];
    if ((reach.get(place) ?? 0) + others.length < enoughOf(weights.length)) continue;
    const marks = [...read(place).marks, ...others].toSorted((a, b) => a.position - b.position);
    if (areClose(marks, weights)) mentioned.add(place);
  }
  return mentioned;
}
