/** What a search would have matched last week, as a reader sees it beside the field. */
import { lastWeek } from '../aws/recent-papers';
import type { Period } from '../core/calendar';
import type { TypedSearch } from '../core/preferences';
import { readSearch } from '../core/search';

export interface Counted {
  /** `matches`: how many papers of the period; undefined where there is nothing to search for. */
  searches: readonly (TypedSearch & { matches: number | undefined })[];
  period: Period;
  /** How many papers were listed in the period. */
  papers: number;
}

export async function counted(searches: readonly TypedSearch[], now: Date): Promise<Counted> {
  const { period, papers, index } = await lastWeek(now);
  const matches = (text: string): number => index.find(readSearch(text), papers.length).length;
  return {
    searches: searches.map((one) => ({
      ...one,
      matches: one.text === undefined ? undefined : matches(one.text),
    })),
    period,
    papers: papers.length,
  };
}
