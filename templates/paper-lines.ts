/** What is shown of a paper, the same words in mail, text and page. */
import { isVoted, upvotesOf, type Paper } from '../lambdas/core/paper';
import { excerpt } from '../lambdas/core/text';
import { votesIn, type Votes } from '../lambdas/core/votes';

const ABSTRACT = 300;
const AUTHORS = 3;

export const titleOf = ({ title }: Paper): string => excerpt(title, 200);
export const abstractOf = ({ abstract }: Paper): string => excerpt(abstract, ABSTRACT);

/** The operator's own words about it: "Editor's note: We discuss it on Friday." */
export const noteOf = ({ note }: Paper): string | undefined => (note ? `Editor’s note: ${note}` : undefined);

/** "65 upvotes · Ada Lovelace, Alan Turing, Grace Hopper and 2 more", without upvotes where nobody votes. */
export function bylineOf(paper: Paper): string {
  const named = paper.authors.slice(0, AUTHORS).map((author) => excerpt(author, 60));
  const more = paper.authors.length - named.length;
  const authors = named.length ? `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}` : undefined;
  const upvotes = isVoted(paper) ? plural(upvotesOf(paper), 'upvote') : undefined;
  return [upvotes, authors].filter(Boolean).join(' · ') || 'No authors named';
}

/** "10 papers of 61 listed, most upvotes first." */
export function choiceLine(papers: readonly Paper[], considered: number): string {
  const isWhole = papers.length >= considered;
  const order: Record<Votes, string> = {
    all: ', most upvotes first',
    some: ', those with upvotes first',
    none: isWhole ? '' : ', spread over topics and days',
  };
  return `${plural(papers.length, 'paper')} of ${thousands(considered)} listed${order[votesIn(papers)]}.`;
}

/** The links of a paper in the order a reader wants them. */
export function linksOf({ links }: Paper): { label: string; url: string }[] {
  const labelled = {
    Paper: links.paper,
    PDF: links.pdf,
    Code: links.code,
    Project: links.project,
    Discussion: links.discussion,
  };
  return Object.entries(labelled).flatMap(([label, url]) => (url ? [{ label, url }] : []));
}

/** With commas; not by Intl, whose first format alone would delay a page's first answer. */
const thousands = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

export const plural = (count: number, noun: string): string =>
  `${thousands(count)} ${noun}${count === 1 ? '' : 's'}`;
