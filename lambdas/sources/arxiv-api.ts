/** What arXiv announced on a day that its feed was missed, from its API: slice by slice, slowly. https://info.arxiv.org/help/api/user-manual.html */
import type { Day } from '../core/calendar';
import { readArxivEntry } from './arxiv';
import { submittedFor } from './arxiv-days';
import type { Arxiv } from './arxiv-feed';
import { type Feed, feedIn } from './atom';
import { type Batch, failure, readEach } from './batch';
import { get, type Manner } from './web';

/** Entries in a page, and pages in a slice: ten times as many as a day ever had. */
const PAGE = 100;
const PAGES = 100;
/** Times that a page is asked for which is empty where it should not be. */
const TRIES = 4;

/** The pages of a day, a batch each; the last one says `failed` where some are missing. */
export async function* submitted(
  source: Arxiv,
  day: Day,
  now: Date,
  manner: Manner,
): AsyncGenerator<Batch, void> {
  const where = `arXiv ${day}`;
  let start = 0;
  try {
    for (let page = 1; page <= PAGES; page += 1) {
      const { entries, total } = await pageAt(addressOf(source, day, start), start, manner);
      yield readEach(`${where}, page ${page}`, entries, (entry) => readArxivEntry(entry, now, day));
      start += entries.length;
      if (start >= total) return;
    }
    throw new Error(`it has more than ${PAGES} pages`);
  } catch (error) {
    yield failure(where, error);
  }
}

function addressOf({ url, categories }: Arxiv, day: Day, start: number): string {
  // an archive such as "cs" is only known by the names of its categories, one such as "hep-th" has none
  const names = categories.flatMap((name) => (name.includes('.') ? [name] : [name, `${name}.*`]));
  const query = new URLSearchParams({
    search_query: `(${names.map((name) => `cat:${name}`).join(' OR ')}) AND submittedDate:${submittedFor(day)}`,
    start: String(start),
    max_results: String(PAGE),
    sortBy: 'submittedDate',
    sortOrder: 'ascending',
  });
  return `${url}/api/query?${query.toString()}`;
}

/** The API sometimes answers an empty page where there are more entries; asked again, it has them. lukasschwab/arxiv.py#43 */
async function pageAt(url: string, start: number, manner: Manner): Promise<Feed & { total: number }> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    await manner.pause(manner.spacing);
    const feed = feedIn(url, await get(url, manner));
    const { entries, total } = feed;
    if (total === undefined || Number.isNaN(total))
      throw new Error(`${url} doesn't say how many entries it has`);
    if (entries.length || start >= total) return { ...feed, total };
  }
  throw new Error(`${url} is empty, ${TRIES} times`);
}
