/** What arXiv announces today, from its feed: one request for all categories. https://info.arxiv.org/help/rss.html */
import { addDays, type Day } from '../core/calendar';
import type { Source } from '../core/settings';
import { readArxivEntry } from './arxiv';
import { arxivDay } from './arxiv-days';
import { feedIn } from './atom';
import { type Batch, failure, readEach } from './batch';
import { get, type Manner } from './web';

export type Arxiv = Extract<Source, { kind: 'arxiv' }>;

export interface Announced extends Batch {
  /** The day of the announcement; undefined where there is none, as on weekends and holidays. */
  day?: Day;
  /** A feed ends after 2,000 entries, whatever else was announced. */
  isWhole: boolean;
}

const WHERE = 'arXiv feed';
const LONGEST = 2_000;
/** Days: nothing that is announced comes so late. */
const OLDEST = 10;

export async function announced(source: Arxiv, now: Date, manner: Manner): Promise<Announced> {
  try {
    const url = `${source.feedUrl}/atom/${source.categories.join('+')}`;
    const { updated, entries } = feedIn(url, await get(url, manner));
    if (!entries.length) return { where: WHERE, papers: [], problems: [], isWhole: true };
    const day = dayOf(updated, now);
    const batch = readEach(WHERE, entries, (entry) => readArxivEntry(entry, now, day));
    return { ...batch, day, isWhole: entries.length < LONGEST };
  } catch (error) {
    return { ...failure(WHERE, error), isWhole: false };
  }
}

/** A feed is made just after midnight in New York. One that claims to be of a day to come is of today. */
function dayOf(updated: string | undefined, now: Date): Day {
  const made = Date.parse(updated ?? '');
  const day = arxivDay(made < now.getTime() ? new Date(made) : now);
  if (day < addDays(arxivDay(now), -OLDEST)) throw new Error(`it is of ${day}`);
  return day;
}
