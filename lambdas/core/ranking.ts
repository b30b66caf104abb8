/** Which papers stand in an edition, and in what order. */
import { upvotesOf, type Paper } from './paper';

/** Most upvotes first, ties by id: the same papers always come in the same order. */
export function rank(papers: readonly Paper[]): Paper[] {
  return papers.toSorted((a, b) => upvotesOf(b) - upvotesOf(a) || compare(a.paperId, b.paperId));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
