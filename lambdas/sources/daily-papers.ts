/** Hugging Face Daily Papers, list by list from its API. https://huggingface.co/docs/hub/api#get-apidailypapers */
import * as z from 'zod/mini';
import { addDays, type Day, type Period } from '../core/calendar';
import { weekdaysOf } from './arxiv-days';
import { type Batch, failure, readEach } from './batch';
import { checked } from './checked';
import { readEntry } from './hugging-face';
import { type Answer, get, type Manner, refusal, sameOrigin } from './web';

/** The most that the API gives at once, and far more pages than a day ever had. */
const PAGE = 100;
const PAGES = 20;
const DAYS = 10;

/**
 * The days that have lists, the newest first: weekdays, as arXiv announces, and none after today in UTC, where the
 * API's days begin. Without a period the last ten days: upvotes grow for about as long.
 */
export function listDays(now: Date, period?: Period): Day[] {
  const today = now.toISOString().slice(0, 10);
  const { from, to } = period ?? { from: addDays(today, 1 - DAYS), to: today };
  return weekdaysOf({ from, to: to < today ? to : today }).toReversed();
}

/**
 * A batch for each page of each list. A list that can't be read is a batch that `failed`, and the next one follows;
 * when the site can't be reached, nothing more does.
 */
export async function* dailyPapers(
  site: string,
  days: readonly Day[],
  now: Date,
  manner: Manner,
): AsyncGenerator<Batch, void> {
  let found = 0;
  try {
    for (const day of days)
      for await (const batch of list(site, day, now, manner)) {
        found += 1;
        yield batch;
      }
    if (!found && days.length) throw new Error(`${site} has no list of any day`);
  } catch (error) {
    yield failure('Hugging Face', error);
  }
}

async function* list(site: string, day: Day, now: Date, manner: Manner): AsyncGenerator<Batch, void> {
  const first = new URL(`${site}/api/daily_papers?date=${day}&limit=${PAGE}`);
  const where = `Hugging Face ${day}`;
  const known = new Set<string>();
  for (let url: URL | undefined = first, page = 0; url !== undefined; page += 1) {
    if (page === PAGES) return yield failure(where, new Error(`it has more than ${PAGES} pages`));
    const answer: Answer = await get(url.href, manner);
    if (answer.status === 400 || answer.status === 404) return; // a day to come, a holiday, a page too far
    if (answer.status !== 200) throw refusal(url.href, answer);
    try {
      const entries = checked(z.array(z.unknown()), JSON.parse(answer.text));
      const batch = readEach(where, entries, (entry) => readEntry(entry, now, day));
      const papers = batch.papers.filter(({ paperId }) => !known.has(paperId));
      yield { ...batch, papers };
      if (!papers.length) return; // else a site that doesn't know `p` would be asked without end
      for (const { paperId } of papers) known.add(paperId);
      url =
        nextPage(answer, url) ?? (entries.length < PAGE ? undefined : new URL(`${first.href}&p=${page + 1}`));
    } catch (error) {
      return yield failure(where, error);
    }
  }
}

/** The address in `Link: <…>; rel="next"` (RFC 8288). Throws where it leads to another host. */
function nextPage({ headers }: Answer, asked: URL): URL | undefined {
  const [, address] = /<([^>]*)>[^,<]*;\s*rel\s*=\s*"?next\b/i.exec(headers.get('link') ?? '') ?? [];
  if (address === undefined) return undefined;
  const next = sameOrigin(address, asked);
  if (!next) throw new Error('its next page is at another host');
  return next;
}
