/** Nothing comes any more: a subscriber left, asked to be forgotten, or can't be written to. */
import { givenUp } from './saved-searches';
import { changed, NOBODY, type Subscriber } from './subscriber';

export type Leaving = { outcome: 'left'; subscriber: Subscriber } | { outcome: 'not-subscribed' };

/** Leaving, and giving up all searches. Twice is once; a suppressed address stays suppressed. */
export function leave(known: Subscriber | undefined, now: Date): Leaving {
  switch (known?.status) {
    case 'pending':
    case 'active':
    case 'paused': {
      const consent = { ...known.consent, leftAt: now.toISOString() };
      const searches = known.searches && givenUp(known.searches, now);
      const open = { wish: undefined, moving: undefined, pausedUntil: undefined };
      const change = { status: 'unsubscribed', consent, searches, ...open } as const;
      return { outcome: 'left', subscriber: changed(known, change) };
    }
    case 'unsubscribed':
    case 'suppressed':
    case 'erased':
    case undefined:
      return { outcome: 'not-subscribed' };
  }
}

/**
 * Nothing is left but the keyed id, that it was erased and when. An address that bounced or complained stays suppressed:
 * its owner asked, in a way, never to be written to again.
 */
export const erased = (known: Subscriber, now: Date): Subscriber => ({
  subscriberId: known.subscriberId,
  address: NOBODY,
  status: known.status === 'suppressed' ? 'suppressed' : 'erased',
  cadence: 'weekly',
  consent: { askedAt: now.toISOString() },
  suppression: known.suppression,
  erasedAt: now.toISOString(),
  revision: known.revision + 1,
});

/** Nobody writes to a suppressed address again, whatever it asks for. */
export const suppressed = (
  known: Subscriber,
  reason: NonNullable<Subscriber['suppression']>['reason'],
  now: Date,
): Subscriber => changed(known, { status: 'suppressed', suppression: { reason, at: now.toISOString() } });
