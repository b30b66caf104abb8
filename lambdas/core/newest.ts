/** The papers of the front page: those of the newest week, with days of the week before while it has few; the top of them. */
import type { Day } from './calendar';
import { isVoted, upvotesOf, type Paper } from './paper';
import { choose, rank, withoutDoubles } from './ranking';

/** How many papers are shown, and of how many at most they are chosen: comparing the topics of all takes long. */
const TOP = 10;
const CANDIDATES = 100;

/** Whether a week has too few papers to be shown alone. */
export const isShort = (week: readonly Paper[]): boolean => withoutDoubles(week).length < TOP;

/** A short week and, day by day back from its start, as much of the week before as makes it long enough. */
export function filledUp(week: readonly Paper[], before: readonly Paper[]): Paper[] {
  const days = [...new Set(before.map(({ listedOn }) => listedOn))].toSorted().toReversed();
  const papers = [...week];
  for (const day of days) {
    if (!isShort(papers)) break;
    papers.push(...before.filter(({ listedOn }) => listedOn === day));
  }
  return papers;
}

/**
 * The best as an edition would choose them, most upvotes first; behind them those that nobody votes on, newest first. `total`:
 * how many there are to choose from.
 */
export function topOf(papers: readonly Paper[]): { total: number; papers: Paper[] } {
  const each = withoutDoubles(papers);
  const turns = turnsIn(each);
  const candidates = each
    .toSorted((a, b) => byUpvotes(a, b) || (turns.get(a) ?? 0) - (turns.get(b) ?? 0) || byDay(a, b))
    .slice(0, CANDIDATES);
  const top = choose(rank(candidates), TOP).filter(({ verdict }) => verdict === 'in');
  return {
    total: each.length,
    papers: top.map(({ scored }) => scored.paper).toSorted((a, b) => byUpvotes(a, b) || byDay(a, b)),
  };
}

const byUpvotes = (a: Paper, b: Paper): number =>
  Number(isVoted(b)) - Number(isVoted(a)) || upvotesOf(b) - upvotesOf(a);

const byDay = (a: Paper, b: Paper): number =>
  compare(b.listedOn, a.listedOn) || compare(a.paperId, b.paperId);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Which paper of its day each is, by their ids: without votes every day has its share of the candidates. */
function turnsIn(papers: readonly Paper[]): Map<Paper, number> {
  const given = new Map<Day, number>();
  const turns = new Map<Paper, number>();
  for (const paper of papers.toSorted((a, b) => compare(a.paperId, b.paperId))) {
    const turn = given.get(paper.listedOn) ?? 0;
    given.set(paper.listedOn, turn + 1);
    turns.set(paper, turn);
  }
  return turns;
}
