/** What a digest says of itself: subject, first lines, and why a paper is in it. */
import type { Chosen } from '../lambdas/core/choice';
import type { Candidate, Content } from '../lambdas/core/edition';
import type { Paper } from '../lambdas/core/paper';
import type { Cadence } from '../lambdas/core/cadences';
import { excerpt } from '../lambdas/core/text';
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

/** "The 10 papers with the most upvotes, of 98 listed that week." `searches`: how many the reader has. */
export function introOf(content: Content, chosen: readonly Chosen[], searches: number): string {
  const matches = chosen.filter(({ search }) => search).length;
  const others = plural(chosen.length - matches, 'paper');
  const { considered, candidates, size } = content;
  const { that, quiet } = spanOf(content);
  const listed = `listed ${that}`;
  if (matches === chosen.length && matches) return `${plural(matches, 'paper')}, all found by your searches.`;
  if (matches)
    return `${plural(matches, 'paper')} found by your searches, then the ${others} with the most upvotes, of ${considered} ${listed}.`;
  const none = searches ? `Your searches found nothing that was ${listed}. ` : '';
  const carried = chosen.some(({ place }) => candidates[place]?.carried);
  if (considered === 1 && !carried) return `${none}The only paper ${listed}.`;
  if (considered <= chosen.length && !carried)
    return chosen.length < size
      ? `${none}A quiet ${quiet}: ${others} listed, and here they all are, most upvotes first.`
      : `${none}All ${others} ${listed}, most upvotes first.`;
  return `${none}The ${others} with the most upvotes, of ${considered} ${listed}.`;
}

/** Why a paper is here, where that is not only its upvotes. */
export function reasonOf({ paper, carried }: Pick<Candidate, 'paper' | 'carried'>, search?: string): string {
  if (search) return `Matches your search ‘${search}’`;
  return carried ? `Late riser, listed ${longDay(paper.listedOn)}` : '';
}
