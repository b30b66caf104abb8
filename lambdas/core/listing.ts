/** Papers as programs get them from the site: the same as on the page, whole. */
import type { Period } from './calendar';
import { isVoted, upvotesOf, type Paper } from './paper';

export interface Listing {
  /** The text of the search that found them. */
  query?: string;
  period: Period;
  /** How many there are in all; `papers` are the first of them. */
  total: number;
  papers: readonly { paper: Paper; score?: number }[];
}

export const listing = ({ query, period: { from, to }, total, papers }: Listing): object => ({
  query,
  from,
  to,
  total,
  papers: papers.map(({ paper, score }) => entry(paper, score)),
});

/** How well it matches a search (no unit, comparable within one answer) is there only where there is a search. */
function entry(paper: Paper, score: number | undefined): object {
  const { paperId, title, authors, abstract, note, listedOn, links, categories } = paper;
  const upvotes = isVoted(paper) ? upvotesOf(paper) : undefined;
  return { paperId, title, authors, abstract, note, upvotes, listedOn, links, categories, score };
}
