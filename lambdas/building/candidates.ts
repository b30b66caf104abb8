/** The papers an edition is made from: those of its period and late risers, ranked; and those that readers search for. */
import * as editions from '../aws/editions';
import * as papers from '../aws/papers';
import type { Cadence } from '../core/cadences';
import { addDays, type Period } from '../core/calendar';
import type { Candidate, Edition } from '../core/edition';
import { indexPapers } from '../core/match';
import type { Paper } from '../core/paper';
import { candidatesFor, choose, isSeen, rank, withoutDoubles } from '../core/ranking';
import { readSearch } from '../core/search';

/**
 * Days before the period in which a paper may have been listed and still come, as a late riser or since no edition covers
 * its day: no change of a schedule leaves out more.
 */
const LATE_DAYS: Record<Cadence, number> = { weekly: 14, daily: 14, monthly: 31 };
/** Of the best by rank so many are always candidates; others only as far as searches want them, up to MOST. */
const TOP = 100;
export const MOST = 400;

export interface Considered {
  candidates: Candidate[];
  /** How many papers were listed in the period. */
  considered: number;
}

/** `searches`: what readers of the cadence search for, and how many of them do. */
export async function consider(
  { cadence, period, size }: { cadence: Cadence; period: Period; size: number },
  searches: ReadonlyMap<string, number>,
): Promise<Considered> {
  const from = addDays(period.from, -LATE_DAYS[cadence]);
  const [known, past] = await Promise.all([papers.listed({ from, to: period.to }), editionsOf(cadence)]);
  const earlier = past.filter((edition) => edition.period.to >= from);
  const isCarried = ({ listedOn }: Paper): boolean => listedOn < period.from;
  const listed = known.filter((paper) => !isCarried(paper));
  const carried = known.filter(isCarried);
  const competing = candidatesFor({ cadence, listed, carried, earlier });
  const candidateOf = ({ scored, verdict }: ReturnType<typeof choose>[number]): Candidate => {
    const late = isCarried(scored.paper) || undefined;
    return { ...scored, verdict, carried: late, seen: isSeen(scored.paper, period, past) || undefined };
  };
  const ranked = choose(rank(competing), size).map(candidateOf);
  return { candidates: narrowed(ranked, searches, size), considered: withoutDoubles(listed).length };
}

/** The newest editions of a cadence. */
async function editionsOf(cadence: Cadence): Promise<Edition[]> {
  const newest = (await editions.newest(50)).filter((listed) => listed.cadence === cadence);
  const found = await Promise.all(newest.map(({ editionId }) => editions.find(editionId)));
  return found.flatMap((edition) => edition ?? []);
}

/** All, if they are few; else the best, and of the others those that most readers' searches want. */
export function narrowed(
  ranked: Candidate[],
  searches: ReadonlyMap<string, number>,
  size: number,
): Candidate[] {
  if (ranked.length <= MOST) return ranked;
  const wanted = new Map<number, number>();
  const index = indexPapers(ranked.map(({ paper }) => paper));
  for (const [text, readers] of searches)
    for (const { place } of index.find(readSearch(text), size))
      if (place >= TOP) wanted.set(place, (wanted.get(place) ?? 0) + readers);
  const most = [...wanted].toSorted(([a, x], [b, y]) => y - x || a - b).slice(0, MOST - TOP);
  const kept = new Set(most.map(([place]) => place));
  return ranked.filter((_, place) => place < TOP || kept.has(place));
}
