/** Asking to join, or for a search or another cadence: what it does to a subscriber, before its owner agrees. */
import type { Address } from './address';
import { type Cadence, changedCadence } from './cadences';
import { saving, type Saving } from './saved-searches';
import { changed, type Subscriber, type Wish } from './subscriber';

/** What a visitor asks for in the form: a search in its normal form, and how often. */
export interface Asked {
  search?: string | undefined;
  cadence?: Cadence | undefined;
}

/** `leftOut` is the search asked for that has no room beside the others. */
export type Joining =
  | { outcome: 'invited'; subscriber: Subscriber; leftOut?: string | undefined }
  | { outcome: 'wished'; subscriber: Subscriber; wish: Wish; leftOut?: string | undefined }
  | { outcome: 'full'; subscriber: Subscriber; leftOut: string }
  | { outcome: 'already-active' }
  | { outcome: 'suppressed' };

/** The owner of the address hears of it by mail. */
export type Told = Extract<Joining, { subscriber: Subscriber }>;

/**
 * Asking to join, or a reader's asking for more. Anybody can type in an address, so what a reader has stays as it is until
 * its owner agrees. An address that bounced or complained is never written to again.
 */
export function join(
  known: Subscriber | undefined,
  subscriberId: string,
  address: Address,
  asked: Asked,
  now: Date,
): Joining {
  const consent = { ...known?.consent, askedAt: now.toISOString() };
  const { cadence = 'weekly' } = asked;
  switch (known?.status) {
    case 'active':
    case 'paused':
      return wished(known, asked, now);
    case 'suppressed':
      return { outcome: 'suppressed' };
    case 'pending': // every link sent since they first asked still works
      return invited(
        changed(known, { address, ...changedCadence(known, asked.cadence ?? known.cadence, now) }),
        asked,
        now,
      );
    case 'unsubscribed':
      return invited(
        changed(known, {
          status: 'pending',
          address,
          consent,
          movedTo: undefined,
          ...changedCadence(known, cadence, now),
        }),
        asked,
        now,
      );
    case 'erased': // a stranger again
    case undefined: {
      const { erasedAt, revision = 0 } = known ?? {};
      const fresh = { subscriberId, address, status: 'pending', cadence } as const;
      const askedAt = now.toISOString();
      return invited(
        { ...fresh, consent: { askedAt }, ...(erasedAt && { erasedAt }), revision: revision + 1 },
        asked,
        now,
      );
    }
  }
}

function invited(pending: Subscriber, { search }: Asked, now: Date): Joining {
  const added = savingOf(pending, search, now);
  switch (added?.outcome) {
    case 'added':
      return { outcome: 'invited', subscriber: { ...pending, searches: added.searches } };
    case 'full':
      return { outcome: 'invited', subscriber: pending, leftOut: search };
    case 'known':
    case undefined:
      return { outcome: 'invited', subscriber: pending };
  }
}

const savingOf = ({ searches = [] }: Subscriber, text: string | undefined, now: Date): Saving | undefined =>
  text === undefined ? undefined : saving(searches, text, now);

/** Only what is new to the reader is worth a question; a later wish takes the place of an earlier one. */
function wished(known: Subscriber, asked: Asked, now: Date): Joining {
  const added = savingOf(known, asked.search, now)?.outcome;
  const search = added === 'added' ? asked.search : undefined;
  const leftOut = added === 'full' ? asked.search : undefined;
  const cadence = asked.cadence === known.cadence ? undefined : asked.cadence;
  if (search !== undefined || cadence) {
    const same = known.wish?.search === search && known.wish?.cadence === cadence;
    const askedAt = (same && known.wish?.askedAt) || now.toISOString(); // the link of a mail that came late still works
    const wish = { search, cadence, askedAt };
    return { outcome: 'wished', subscriber: changed(known, { wish }), wish, leftOut };
  }
  return leftOut === undefined
    ? { outcome: 'already-active' }
    : { outcome: 'full', subscriber: known, leftOut };
}
