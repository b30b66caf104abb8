/** Which papers are about the same: each with the first one it is close to, by the words they share (TF-IDF, cosine). */
import type { Paper } from './paper';
import { isFunctionWord, stemOf, wordsOf } from './words';

/** From what cosine on two papers are of one topic. How it was chosen: docs/decisions/0013-ranking.md. */
const CLOSE = 0.07;
/** How many words of the abstract one of the title is worth. */
const TITLE = 2;

/**
 * For each paper the place of its topic's first paper: its own place if it starts one. Papers earlier in the list start
 * topics, later ones join the one they are closest to; a paper without words has a topic of its own.
 */
export function topicsOf(papers: readonly Paper[]): number[] {
  const starters: Starters = new Map();
  const cosines = new Float64Array(papers.length);
  return vectorsOf(papers.map(termsOf)).map((vector, place) => {
    const topic = closestOf(vector, starters, cosines);
    if (topic !== undefined) return topic;
    for (const [term, weight] of vector) {
      const known = starters.get(term) ?? { places: [], weights: [] };
      known.places.push(place);
      known.weights.push(weight);
      starters.set(term, known);
    }
    return place;
  });
}

/** By term. */
type Starters = Map<string, { places: number[]; weights: number[] }>;

type Counts = ReadonlyMap<string, number>;

/** The words that say what a paper is about and each two in a row, and how often it has them. */
function termsOf({ title, abstract }: Paper): Counts {
  const counts = new Map<string, number>();
  const add = (term: string, weight: number) => counts.set(term, (counts.get(term) ?? 0) + weight);
  for (const [text, weight] of [
    [title, TITLE],
    [abstract, 1],
  ] as const) {
    let before = '';
    for (const stem of wordsOf(text).map(stemOf)) {
      const tells = !isFunctionWord(stem) && !/^.$|^\d+$/u.test(stem);
      if (tells) add(stem, weight);
      if (tells && before) add(`${before} ${stem}`, weight);
      before = tells ? stem : '';
    }
  }
  return counts;
}

/** The rarer a term the more it weighs; said again it counts less. Of length 1, less the terms of one paper alone. */
function vectorsOf(papers: readonly Counts[]): Counts[] {
  const having = new Map<string, number>();
  for (const counts of papers)
    for (const term of counts.keys()) having.set(term, (having.get(term) ?? 0) + 1);
  const weightOf = (term: string, count: number): number =>
    Math.log(1 + count) * Math.log(1 + papers.length / (having.get(term) ?? 1));
  return papers.map((counts) => {
    const weights = [...counts].map(([term, count]) => ({ term, weight: weightOf(term, count) }));
    const length = Math.sqrt(weights.reduce((sum, { weight }) => sum + weight * weight, 0));
    const shared = weights.filter(({ term }) => (having.get(term) ?? 0) > 1);
    return new Map(shared.map(({ term, weight }) => [term, weight / length]));
  });
}

/** `cosines` is room to count in, all zero: a list of thousands is gone through once for each of its papers. */
const NOBODY = { places: [], weights: [] };

function closestOf(vector: Counts, starters: Starters, cosines: Float64Array): number | undefined {
  const touched: number[] = [];
  for (const [term, weight] of vector) {
    const { places, weights } = starters.get(term) ?? NOBODY;
    for (let n = 0; n < places.length; n++) {
      const place = places[n] as number;
      const before = cosines[place] as number;
      if (before === 0) touched.push(place);
      cosines[place] = before + weight * (weights[n] as number);
    }
  }
  let closest: number | undefined;
  let highest = CLOSE;
  for (const place of touched) {
    const cosine = cosines[place] as number;
    const isCloser = cosine > highest || (cosine === highest && place < (closest ?? Infinity));
    if (isCloser) [closest, highest] = [place, cosine];
    cosines[place] = 0;
  }
  return closest;
}
