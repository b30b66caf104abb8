/** Which papers stand in one digest, in what order and why: a reader's matches first, then what everybody gets. */
import type { Content } from './edition';
import type { Paper } from './paper';

/** A paper in a digest: its place among the candidates, and the search that brought it. */
export interface Chosen {
  place: number;
  search?: string;
}

/** What one of a reader's searches found among the candidates. */
export interface Found {
  search: string;
  /** Best first. */
  places: readonly number[];
  /** Places that mention the search at all: whatever an earlier edition could have brought for it is among them. */
  mentioned: ReadonlySet<number>;
}

export type Choice = Pick<Content, 'candidates' | 'size' | 'room'> & {
  fragments: readonly { bytes: number }[];
};

/** Bytes that a search of 200 letters, each escaped, and the words around it add to a paper's HTML. */
const MATCH_BYTES = 1_200;

/**
 * At most half of a digest are matches, the searches taking turns. A late riser comes to everybody but those whose searches
 * mention it, since it may have come to them before. As many as fit.
 */
export function choiceFor(content: Choice, found: readonly Found[] = []): Chosen[] {
  const { candidates, fragments, size, room } = content;
  const matches = inTurns(found).filter(({ place }) => !candidates[place]?.seen);
  const chosen: Chosen[] = [];
  let left = room;
  const take = (one: Chosen): boolean => {
    left -= (fragments[one.place]?.bytes ?? 0) + (one.search ? MATCH_BYTES : 0);
    if (left >= 0) chosen.push(one);
    return left >= 0;
  };
  for (const match of matches.slice(0, Math.floor(size / 2))) if (!take(match)) return chosen;
  const matched = new Set(chosen.map(({ place }) => place));
  for (const [place, { verdict, seen }] of candidates.entries()) {
    const isSeen = seen && found.some(({ mentioned }) => mentioned.has(place));
    if (verdict === 'third of its topic' || isSeen || matched.has(place)) continue;
    if (chosen.length === size || !take({ place })) break;
  }
  return chosen;
}

/** The papers of a digest for who saved no search, in order: what the edition's page shows too. */
export const papersForAll = (content: Choice): Paper[] =>
  choiceFor(content).flatMap(({ place }) => content.candidates[place]?.paper ?? []);

/** The best match of each search, then the second ones; each paper once. */
function inTurns(found: readonly Found[]): Required<Chosen>[] {
  const longest = Math.max(0, ...found.map(({ places }) => places.length));
  const turns = Array.from({ length: longest }, (_, n) =>
    found.flatMap(({ search, places: { [n]: place } }) => (place === undefined ? [] : [{ place, search }])),
  ).flat();
  const taken = new Set<number>();
  return turns.filter(({ place }) => !taken.has(place) && taken.add(place));
}
