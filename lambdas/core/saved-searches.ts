/** A reader's saved searches: at most five in force, and for a while the memory of those given up. */
import * as z from 'zod/mini';
import { MOST_SEARCHES } from './search';

export type SavedSearches = z.infer<typeof SavedSearches>;

const moment = z.iso.datetime();

/** In their normal form, in the order they were added. One with `until` was given up then. */
export const SavedSearches = z.array(
  z.object({ text: z.string(), since: moment, until: z.optional(moment) }),
);

/** How long, and how many of, those given up are remembered. */
const REMEMBERED_DAYS = 60;
const MOST_REMEMBERED = 20;

export const inForce = (searches: SavedSearches): string[] =>
  searches.filter(({ until }) => !until).map(({ text }) => text);

export type Saving =
  { outcome: 'added'; searches: SavedSearches } | { outcome: 'known' } | { outcome: 'full' };

/** Added again after it was given up, a search stands beside what is remembered of it. */
export function saving(searches: SavedSearches, text: string, now: Date): Saving {
  const texts = inForce(searches);
  if (texts.includes(text)) return { outcome: 'known' };
  if (texts.length >= MOST_SEARCHES) return { outcome: 'full' };
  return { outcome: 'added', searches: [...remembered(searches, now), { text, since: now.toISOString() }] };
}

/** Gives up one search, or all of them. */
export const givenUp = (searches: SavedSearches, now: Date, text?: string): SavedSearches =>
  remembered(
    searches.map((one) =>
      one.until || (text !== undefined && text !== one.text) ? one : { ...one, until: now.toISOString() },
    ),
    now,
  );

/** All in force, and those given up lately: a row stays small, however often its reader changes their mind. */
function remembered(searches: SavedSearches, now: Date): SavedSearches {
  const oldest = new Date(now.getTime() - REMEMBERED_DAYS * 86_400_000).toISOString();
  const past = searches
    .filter(({ until = '' }) => until >= oldest)
    .toSorted((a, b) => String(b.until).localeCompare(String(a.until)));
  const kept = new Set(past.slice(0, MOST_REMEMBERED));
  return searches.filter((one) => !one.until || kept.has(one));
}
