/** What a digest says of itself: subject, first lines, and why a paper is in it. */
import type { Chosen } from '../lambdas/core/choice';
import type { Candidate, Content } from '../lambdas/core/edition';
import type { Paper } from '../lambdas/core/paper';
import type { Cadence } from '../lambdas/core/cadences';
import { excerpt } from '../lambdas/core/text';
import { votesIn, type Votes } from '../lambdas/core/votes';
import { longDay } from './dates';
import { plural, titleOf } from './paper-lines';

const SUBJECT = 70;

const periods: Record<Cadence, string> = { weekly: 'week', daily: 'day', monthly: 'month' };

/** "that week", and what a quiet one is called; a Monday's daily edition is of three days. */
function spanOf({ cadence, period }: Pick<Content, 'cadence' | 'period'>): { that: string; quiet: string } {
  if (cadence === 'daily' && period && period.from !== period.to)
    return { that: 'over those days', quiet: 'few days' };
  return { that: `that ${periods[cadence]}`, quiet: periods[cadence] };
}

/** `more`: how many papers follow the first one. */
export function subjectOf(first: Paper | undefined, more: number): string {
  const rest = more > 0 ? ` + ${more} more` : '';
  return `${excerpt(first ? titleOf(first) : '', SUBJECT - rest.length)}${rest}`;
}

/** A few words of a paper that is not the first: three of them are what an inbox shows behind the subject. */
export const briefOf = (paper: Paper): string => excerpt(paper.title, 45);

/**
 * "The 10 papers with the most upvotes, of 98 listed that week."; of papers that nobody votes on "10 of the 98 papers listed
 * that week, spread over topics and days." `searches`: how many the reader has.
 */
export function introOf(content: Content, chosen: readonly Chosen[], searches: number): string {
  const { considered, candidates, size } = content;
  const { that, quiet } = spanOf(content);
  const listed = `listed ${that}`;
  const matches = chosen.filter(({ search }) => search).length;
  const others = chosen
    .filter(({ search }) => !search)
    .flatMap(({ place }) => candidates[place]?.paper ?? []);
  const votes = votesIn(others);
  if (matches && !others.length) return `${plural(matches, 'paper')}, all found by your searches.`;
  if (matches)
    return `${plural(matches, 'paper')} found by your searches, then ${bestOf(others, considered, listed)}`;
  const none = searches ? `Your searches found nothing that was ${listed}. ` : '';
  const carried = chosen.some(({ place }) => candidates[place]?.carried);
  if (considered === 1 && !carried) return `${none}The only paper ${listed}.`;
  if (considered > chosen.length || carried) return none + capital(bestOf(others, considered, listed));
  const papers = plural(others.length, 'paper');
  return chosen.length < size
    ? `${none}A quiet ${quiet}: ${papers} listed, and here they all are${WHOLE[votes]}.`
    : `${none}All ${papers} ${listed}${WHOLE[votes]}.`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** The order of all that there are. */
const WHOLE: Record<Votes, string> = {
  all: ', most upvotes first',
  some: ', those with upvotes first',
  none: '',
};

function bestOf(papers: readonly Paper[], considered: number, listed: string): string {
  const votes = votesIn(papers);
  if (votes === 'all')
    return `the ${plural(papers.length, 'paper')} with the most upvotes, of ${considered} ${listed}.`;
  const order = votes === 'some' ? ', those with upvotes first' : ', spread over topics and days';
  return `${papers.length} of the ${plural(considered, 'paper')} ${listed}${papers.length > 1 ? order : ''}.`;
}

/** Why a paper is here, where that is not only its place among the others. */
export function reasonOf(
  { paper, carried, seen }: Pick<Candidate, 'paper' | 'carried' | 'seen'>,
  search?: string,
): string {
  if (search) return `Matches your search ‘${search}’`;
  if (!carried) return '';
  return seen ? `Late riser, listed ${longDay(paper.listedOn)}` : `Listed ${longDay(paper.listedOn)}`;
}
