/** Agreeing by the link of a mail: to join, or to what was asked for since. */
import { changedCadence } from './cadences';
import { saving } from './saved-searches';
import { changed, type Subscriber, type Wish } from './subscriber';

/** How long an invitation's link works. */
export const INVITATION_HOURS = 48;

export type Confirming =
  | { outcome: 'welcomed'; subscriber: Subscriber }
  | { outcome: 'changed'; subscriber: Subscriber; wish: Wish; leftOut?: string | undefined }
  | { outcome: 'already-active' }
  | { outcome: 'expired' };

/** Agreeing by the link of a mail made at `issuedAt`. Old links don't bring back somebody who left since. */
export function confirm(known: Subscriber | undefined, issuedAt: Date, now: Date): Confirming {
  const fresh = now.getTime() - issuedAt.getTime() <= INVITATION_HOURS * 3_600_000;
  const madeSince = (asked: string): boolean => issuedAt.getTime() + 1_000 > Date.parse(asked); // links carry whole seconds
  switch (known?.status) {
    case 'active':
    case 'paused':
      if (!known.wish) return { outcome: 'already-active' };
      return fresh && madeSince(known.wish.askedAt)
        ? granted(known, known.wish, now)
        : { outcome: 'expired' };
    case 'pending':
      return fresh && madeSince(known.consent.askedAt) ? welcomed(known, now) : { outcome: 'expired' };
    case 'unsubscribed':
    case 'suppressed':
    case 'erased':
    case undefined:
      return { outcome: 'expired' };
  }
}

function granted(known: Subscriber, wish: Wish, now: Date): Confirming {
  const { search, cadence = known.cadence } = wish;
  const added = search === undefined ? undefined : saving(known.searches ?? [], search, now);
  const { searches } = added?.outcome === 'added' ? added : known;
  const subscriber = changed(known, {
    ...changedCadence(known, cadence, now),
    searches,
    wish: undefined,
  });
  return { outcome: 'changed', subscriber, wish, leftOut: added?.outcome === 'full' ? search : undefined };
}

function welcomed(known: Subscriber, now: Date): Confirming {
  const confirmedAt = now.toISOString();
  const consent = { ...known.consent, confirmedAt };
  // before this moment no edition came to them
  const searches = known.searches?.map((search) =>
    search.until ? search : { ...search, since: confirmedAt },
  );
  return { outcome: 'welcomed', subscriber: changed(known, { status: 'active', consent, searches }) };
}
