/** A reader takes the subscription along to another address, which is another row: its id is the keyed name of that one. */
import type { Address } from './address';
import { changedCadence } from './cadences';
import { INVITATION_HOURS } from './confirming';
import { leave } from './leaving';
import { isReader } from './preferences';
import { changed, type Subscriber } from './subscriber';

/** What the owner of the new address is told: that they can confirm it, that they are a reader already, or nothing at all. */
export type Arrival = 'open' | 'taken' | 'suppressed';

export function arrivalAt(target: Subscriber | undefined): Arrival {
  switch (target?.status) {
    case 'active':
    case 'paused':
      return 'taken';
    case 'suppressed':
      return 'suppressed';
    case 'pending':
    case 'unsubscribed':
    case 'erased':
    case undefined:
      return 'open';
  }
}

/** A later request takes the place of an earlier one; for the same address the link of a mail that came late still works. */
export function askToMove(known: Subscriber, to: Address, now: Date): Subscriber {
  if (!isReader(known)) return known;
  const askedAt = (known.moving?.to === to && known.moving.askedAt) || now.toISOString();
  return changed(known, { moving: { to, askedAt } });
}

/** What the link in the mail to the new address says: the id of that address, and when the link was made. */
export interface MovingLink {
  subscriberId: string;
  issuedAt: Date;
}

export type Moving =
  | { outcome: 'moving'; arriving: Subscriber }
  /** The new row is there; what may be left to do is to end the old one. */
  | { outcome: 'arrived' }
  | { outcome: 'taken' }
  | { outcome: 'expired' };

/** `to` is the address that `from` asked to move to, if its id is the link's. */
export function move(
  from: Subscriber | undefined,
  to: Address | undefined,
  target: Subscriber | undefined,
  link: MovingLink,
  now: Date,
): Moving {
  const { subscriberId } = link;
  const isDone =
    target !== undefined && isReader(target) && target.movedFrom?.subscriberId === from?.subscriberId;
  if (from?.movedTo?.subscriberId === subscriberId) return { outcome: isDone ? 'arrived' : 'expired' };
  if (!from || !isReader(from) || !to || !isFresh(from, link, now)) return { outcome: 'expired' };
  if (isDone) return { outcome: 'arrived' };
  if (arrivalAt(target) !== 'open') return { outcome: 'taken' };
  return { outcome: 'moving', arriving: arriving(from, to, target, subscriberId, now) };
}

function isFresh({ moving }: Subscriber, { issuedAt }: MovingLink, now: Date): boolean {
  const isSince = issuedAt.getTime() + 1_000 > Date.parse(moving?.askedAt ?? ''); // links carry whole seconds
  return isSince && now.getTime() - issuedAt.getTime() <= INVITATION_HOURS * 3_600_000;
}

/**
 * The row at the new address, active as of now. It is written first and the old one ended after it: whatever stops us in
 * between leaves both, never none, and pressing the button again ends the old one. Nobody gets an edition twice at one
 * address. An edition frozen before this moment is none of the new row's (core/delivery.ts): either the old row had it, or
 * it has left since and is skipped with that reason. One frozen later is the new row's alone. What was known of the new
 * address, its leaving above all, stays for the books of an edition that may have counted it.
 */
function arriving(
  from: Subscriber,
  address: Address,
  target: Subscriber | undefined,
  subscriberId: string,
  now: Date,
): Subscriber {
  const at = now.toISOString();
  const { askedAt, confirmedAt } = from.consent;
  const { erasedAt, consent, revision = 0, consents = [] } = target ?? {};
  const { locale, zone, pausedUntil, searches, status } = from;
  return {
    subscriberId,
    address,
    status,
    ...changedCadence(target ?? from, from.cadence, now),
    locale,
    zone,
    pausedUntil,
    searches,
    consent: { ...from.consent, askedAt, confirmedAt: at, leftAt: consent?.leftAt },
    consents: [...consents, ...(from.consents ?? [])].toSorted((a, b) => a.at.localeCompare(b.at)),
    movedFrom: { subscriberId: from.subscriberId, at, confirmedAt },
    erasedAt,
    revision: revision + 1,
  };
}

/** The old row, ended; undefined where there is nothing to end. */
export function departed(from: Subscriber | undefined, to: string, now: Date): Subscriber | undefined {
  const leaving = leave(from, now);
  if (leaving.outcome === 'not-subscribed') return undefined;
  return { ...leaving.subscriber, movedTo: { subscriberId: to, at: now.toISOString() } };
}
