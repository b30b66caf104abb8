/** arXiv's announcements without a gap: today's feed, and the API for the weekdays whose feed nobody read. */
import * as papers from '../aws/papers';
import { addDays, type Day, type Period } from '../core/calendar';
import { submitted } from '../sources/arxiv-api';
import { arxivDay, weekdaysOf } from '../sources/arxiv-days';
import { announced, type Arxiv } from '../sources/arxiv-feed';
import type { Batch } from '../sources/batch';
import type { Manner } from '../sources/web';

/** Days that are made up for at most; and at the first run, so that the first edition has a whole week. */
const LONGEST_GAP = 10;

/**
 * A feed holds one day and is empty on weekends. The table remembers the last day up to which it has everything: the
 * mark moves on only when a day's batches are saved, which they are when the next one is asked for.
 */
export async function* newAnnouncements(
  source: Arxiv,
  now: Date,
  manner: Manner,
): AsyncGenerator<Batch, void> {
  const known = await papers.announcedUntil();
  const today = arxivDay(now);
  const feed = await announced(source, now, manner);
  yield feed;
  const oldest = addDays(today, -LONGEST_GAP);
  const from = known && known >= oldest ? addDays(known, 1) : oldest;
  // a feed that is cut short is made up for as well; an empty one may only not be made yet
  const to = feed.day && !feed.isWhole ? feed.day : addDays(feed.day ?? today, -1);
  for (const day of weekdaysOf({ from, to })) {
    let isWhole = true;
    for await (const batch of submitted(source, day, now, manner)) {
      isWhole &&= !batch.failed;
      yield batch;
    }
    if (!isWhole) return;
    await papers.rememberAnnounced(day);
  }
  if (feed.day && feed.isWhole) await papers.rememberAnnounced(feed.day);
}

/** All of a past period, from the API; what the table remembers of the days since stays. */
export async function* pastAnnouncements(
  source: Arxiv,
  { from, to }: Period,
  now: Date,
  manner: Manner,
): AsyncGenerator<Batch, void> {
  const today: Day = arxivDay(now);
  for (const day of weekdaysOf({ from, to: to < today ? to : today }))
    yield* submitted(source, day, now, manner);
}
