/** What a reader sets without an account: cadence, searches, time zone, language of dates, and a pause. */
import { changedCadence } from './cadences';
import { givenUp, inForce, saving, type SavedSearches } from './saved-searches';
import { MOST_SEARCHES, SearchField } from './search';
import type { Cadence } from './cadences';
import { changed, type Subscriber } from './subscriber';
import { changedZone } from './zones';

/** Languages that dates can be written in, as BCP 47 tags; the first is for who chose none. */
export const locales = ['en-GB', 'en-US', 'de', 'es', 'fr', 'ja', 'zh'] as const;
export type Locale = (typeof locales)[number];

/** One that was stored and is offered no more counts as none. */
export const localeOf = ({ locale }: Pick<Subscriber, 'locale'>): Locale =>
  locales.find((one) => one === locale) ?? locales[0];

/** Whether editions come, or will when a pause is over: only then there is something to set. */
export const isReader = ({ status }: Subscriber): boolean => status === 'active' || status === 'paused';

/** A search as it was typed, and its normal form or what is wrong with it; neither where nothing was typed. */
export interface TypedSearch {
  typed: string;
  text?: string;
  problem?: string;
}

/** One for each field of the form, in its order. */
export function readSearches(typed: readonly string[]): TypedSearch[] {
  return typed.slice(0, MOST_SEARCHES).map((one) => {
    if (one.trim() === '') return { typed: '' };
    const read = SearchField.safeParse(one);
    if (read.success) return { typed: one, text: read.data };
    return { typed: one, problem: read.error.issues.map(({ message }) => message).join(' ') };
  });
}

/** What is left out stays as it is. */
export interface Wanted {
  cadence?: Cadence | undefined;
  locale?: Locale | undefined;
  /** Empty for the newsletter's own. */
  zone?: string | undefined;
  /** All of them, in their normal form. */
  searches?: readonly string[] | undefined;
}

/** The same subscriber where nothing is new, so that nothing is written. */
export function prefer(known: Subscriber, wanted: Wanted, now: Date): Subscriber {
  const { cadence = known.cadence, locale = localeOf(known), zone = known.zone ?? '', searches } = wanted;
  const before = known.searches ?? [];
  const after = searches ? searchesAfter(before, searches, now) : before;
  const sameClock = locale === localeOf(known) && zone === (known.zone ?? '');
  const same = cadence === known.cadence && sameClock && after === before;
  if (same || !isReader(known)) return known;
  return changed(known, {
    ...changedCadence(known, cadence, now),
    ...changedZone(known, zone || undefined, now),
    ...(locale !== localeOf(known) && { locale }),
    ...(after !== before && { searches: after }),
  });
}

/** Those no longer wanted are given up before new ones are added, so that there is room for them. */
function searchesAfter(before: SavedSearches, wanted: readonly string[], now: Date): SavedSearches {
  const gone = inForce(before).filter((text) => !wanted.includes(text));
  const kept = gone.reduce((searches, text) => givenUp(searches, now, text), before);
  return wanted.reduce((searches, text) => {
    const added = saving(searches, text, now);
    return added.outcome === 'added' ? added.searches : searches;
  }, kept);
}

/** Weeks. */
export const LONGEST_PAUSE = 12;

export const pause = (known: Subscriber, weeks: number, now: Date): Subscriber =>
  isReader(known)
    ? changed(known, { pausedUntil: new Date(now.getTime() + weeks * 7 * 86_400_000).toISOString() })
    : known;

/** What a pause kept back stays in the archive: an edition that is under way already skips them still. */
export const resume = (known: Subscriber, now: Date): Subscriber =>
  isPaused(known, now) ? changed(known, { status: 'active', pausedUntil: undefined }) : known;

/** Until a moment that is to come, or, set by hand, until they say otherwise. */
export const isPaused = ({ status, pausedUntil }: Subscriber, now: Date): boolean =>
  status === 'paused' ||
  (status === 'active' && pausedUntil !== undefined && pausedUntil > now.toISOString());
