/** Which papers stand in an edition, and in what order: by the upvotes they can be expected to end with, where there are any. */
import type { Cadence } from './cadences';
import type { Period } from './calendar';
import { arxivIdOf, isVoted, titleKey, upvotesOf, type Paper } from './paper';
import { spread } from './spread';
import { topicsOf } from './topics';

/** A paper and what its place is decided by. */
export interface Scored {
  paper: Paper;
  upvotes: number;
  /** How many times as many upvotes are expected in the end as were read. */
  growth: number;
  /** Upvotes × growth. */
  score: number;
  /** Papers of one topic have the same number: the place of the first of them. */
  topic: number;
}

/**
 * Best first, ties by id; behind them those that nobody votes on, spread over topics and days. The same papers always come
 * in the same order.
 */
export function rank(papers: readonly Paper[]): Scored[] {
  const ordered = papers
    .map((paper) => ({ paper, isVoted: isVoted(paper), score: scoreOf(paper) }))
    .toSorted(
      (a, b) =>
        Number(b.isVoted) - Number(a.isVoted) ||
        b.score - a.score ||
        compare(a.paper.paperId, b.paper.paperId),
    );
  const topics = topicsOf(ordered.map(({ paper }) => paper));
  const scored = ordered.map(({ paper, score }, place) => {
    const topic = topics[place] ?? place;
    return { paper, score, upvotes: upvotesOf(paper), growth: growthOf(paper), topic };
  });
  const voted = ordered.filter((one) => one.isVoted).length;
  return [...scored.slice(0, voted), ...spread(scored.slice(voted), sizesOf(topics))];
}

function sizesOf(topics: readonly number[]): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const topic of topics) sizes.set(topic, (sizes.get(topic) ?? 0) + 1);
  return sizes;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const scoreOf = (paper: Paper): number => upvotesOf(paper) * growthOf(paper);

/**
 * How upvotes grow: those read 17 hours after the day of listing began are a 1.9th of the last ones, those read after 34
 * hours a 1.2th (medians of 87 papers of a week of December 2024, read then and months later; 1.7 to 2.1 and 1.18 by
 * another count). An exponential goes through both; after four days it is 1.
 */
const GROWTH = 4;
const GROWTH_HOURS = 11.3;

function growthOf({ last, listedOn }: Paper): number {
  const hours = (Date.parse(last.at) - Date.parse(`${listedOn}T00:00:00Z`)) / 3_600_000;
  return 1 + GROWTH * Math.exp(-Math.max(0, hours) / GROWTH_HOURS); // it is tomorrow in Asia already
}

const PER_TOPIC = 2;

export type Verdict = 'in' | 'third of its topic' | 'below';

/**
 * The first `most` with at most two papers of a topic, and of all others why they are not among them. Where topics are few
 * it chooses fewer: the rest would be more of the same.
 */
export function choose(ranked: readonly Scored[], most: number): { scored: Scored; verdict: Verdict }[] {
  const perTopic = new Map<number, number>();
  let chosen = 0;
  return ranked.map((scored) => {
    const before = perTopic.get(scored.topic) ?? 0;
    perTopic.set(scored.topic, before + 1);
    if (before >= PER_TOPIC) return { scored, verdict: 'third of its topic' };
    if (chosen >= most) return { scored, verdict: 'below' };
    chosen++;
    return { scored, verdict: 'in' };
  });
}

/** What an edition can be made of. */
export interface Listings {
  cadence: Cadence;
  /** Papers listed in its period. */
  listed: readonly Paper[];
  /** Papers listed in the days before it, those that were shown too. */
  carried: readonly Paper[];
  /** Earlier editions of the cadence: as far back as the papers, at least. */
  earlier: readonly Earlier[];
}

export interface Earlier {
  period: Period;
  /** When it was frozen. */
  cutoff: string;
  /** Ids of the papers that everybody got. */
  shown?: readonly string[] | undefined;
}

/**
 * The papers that compete for an edition, each once, none that was shown under whatever id: as its own row says, however
 * long ago, or an earlier edition. Of those carried only what no
 * edition could choose, and late risers: they would be in their own edition if it were chosen today. All others had their
 * turn; a first edition carries nothing.
 */
export function candidatesFor({ cadence, listed, carried, earlier }: Listings): Paper[] {
  const shown = new Set(earlier.flatMap((edition) => edition.shown ?? []));
  const isShown = ({ paperId, shownIn }: Paper): boolean =>
    shown.has(paperId) || shownIn?.includes(cadence) === true;
  const keys = new Set([...listed, ...carried].filter(isShown).map(keyOf));
  const turns = earlier.map((edition) => ({ ...edition, least: leastScore(edition, carried) }));
  const competes = (paper: Paper): boolean =>
    (earlier.length > 0 && isMissed(paper, earlier)) ||
    turns.some(({ period, least }) => isIn(paper, period) && scoreOf(paper) > least);
  return withoutDoubles([...listed, ...carried.filter(competes)]).filter((paper) => !keys.has(keyOf(paper)));
}

/**
 * Whether no earlier edition could choose it: it came after the last one was frozen, or was listed on a day that none
 * covers, as the one that editions went out on until the schedule was changed.
 */
export function isMissed({ listedOn, first }: Paper, earlier: readonly Earlier[]): boolean {
  const covered = earlier.map(({ period }) => period.to).toSorted();
  const frozen = earlier.map(({ cutoff }) => cutoff).toSorted();
  return listedOn > (covered.at(-1) ?? '') || first.at > (frozen.at(-1) ?? '');
}

/**
 * Whether a reader's search may have brought it before: it was listed first before the period (and perhaps moved into it
 * since), and an earlier edition could choose it. Rows of before don't say when they were listed first; they are as old as
 * their first reading.
 */
export function isSeen(paper: Paper, { from }: Period, earlier: readonly Earlier[]): boolean {
  const { listedOn, first, firstListedOn = listedOn } = paper;
  const read = first.at.slice(0, 10);
  const since = firstListedOn < read ? firstListedOn : read;
  return since < from && !isMissed({ ...paper, listedOn: since }, earlier);
}

const isIn = ({ listedOn }: Paper, { from, to }: Period): boolean => listedOn >= from && listedOn <= to;

/** What a paper had to score, as of today, to be shown in an edition. */
function leastScore({ period, shown = [] }: Earlier, papers: readonly Paper[]): number {
  const scores = papers
    .filter((paper) => isIn(paper, period) && shown.includes(paper.paperId))
    .map((paper) => scoreOf(paper));
  return Math.min(Infinity, ...scores);
}

/** Of papers with one title the one with more upvotes, then the one with an arXiv id, then the lower id. */
export function withoutDoubles(papers: readonly Paper[]): Paper[] {
  const best = new Map<string, Paper>();
  for (const paper of papers) {
    const known = best.get(keyOf(paper));
    if (!known || isBetter(paper, known)) best.set(keyOf(paper), paper);
  }
  const kept = new Set(best.values());
  return papers.filter((paper) => kept.has(paper));
}

/** What papers that are one have in common: the title, or where that is too short to tell, the id. */
const keyOf = ({ title, paperId }: Paper): string => titleKey(title) ?? `id ${paperId}`;

const isBetter = (paper: Paper, other: Paper): boolean =>
  (upvotesOf(paper) - upvotesOf(other) ||
    onArxiv(paper) - onArxiv(other) ||
    compare(other.paperId, paper.paperId)) > 0;

const onArxiv = ({ paperId }: Paper): number => Number(arxivIdOf(paperId) !== undefined);
