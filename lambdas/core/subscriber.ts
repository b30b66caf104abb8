/** A subscriber's standing, and what joining, confirming and leaving do to it. */
import * as z from 'zod';
import type { Address } from './address';
import { Cadence } from './settings';

export type Subscriber = z.infer<typeof Subscriber>;

const moment = z.iso.datetime();

export const Subscriber = z.object({
  subscriberId: z.string(),
  /** Checked when it came in by the rules of that day, not again at every read. */
  address: z.string().transform((text) => text as Address),
  status: z.enum(['pending', 'active', 'paused', 'unsubscribed', 'suppressed']),
  cadence: Cadence,
  /** When they asked to join, agreed by the link in the mail, and left; the last of each. */
  consent: z.object({ askedAt: moment, confirmedAt: moment.optional(), leftAt: moment.optional() }),
  /** Editions that bounced for the time being, such as a full mailbox. */
  softBounces: z.array(z.string()).optional(),
  suppression: z
    .object({ reason: z.enum(['bounced', 'complained', 'soft-bounced', 'by-hand']), at: moment })
    .optional(),
  /** Counts the changes, so that a write can say which one it read. */
  revision: z.int().positive(),
});

/** How long an invitation's link works. */
export const INVITATION_HOURS = 48;

export type Joining =
  { outcome: 'invited'; subscriber: Subscriber } | { outcome: 'already-active' } | { outcome: 'suppressed' };

/** Asking to join. An address that bounced or complained is never written to again. */
export function join(
  known: Subscriber | undefined,
  subscriberId: string,
  address: Address,
  now: Date,
): Joining {
  const askedAt = now.toISOString();
  switch (known?.status) {
    case 'active':
    case 'paused':
      return { outcome: 'already-active' };
    case 'suppressed':
      return { outcome: 'suppressed' };
    case 'pending': // every link sent since they first asked still works
      return { outcome: 'invited', subscriber: changed(known, { address }) };
    case 'unsubscribed':
      return {
        outcome: 'invited',
        subscriber: changed(known, { status: 'pending', address, consent: { ...known.consent, askedAt } }),
      };
    case undefined:
      return {
        outcome: 'invited',
        subscriber: {
          subscriberId,
          address,
          status: 'pending',
          cadence: 'weekly',
          consent: { askedAt },
          revision: 1,
        },
      };
  }
}

export type Confirming =
  { outcome: 'welcomed'; subscriber: Subscriber } | { outcome: 'already-active' } | { outcome: 'expired' };

/** Agreeing by the link of an invitation made at `invitedAt`. Old links don't bring back somebody who left since. */
export function confirm(known: Subscriber | undefined, invitedAt: Date, now: Date): Confirming {
  if (known?.status === 'active' || known?.status === 'paused') return { outcome: 'already-active' };
  const fresh = now.getTime() - invitedAt.getTime() <= INVITATION_HOURS * 3_600_000;
  // links carry whole seconds
  const asked = known && invitedAt.getTime() + 1_000 > Date.parse(known.consent.askedAt);
  if (known?.status !== 'pending' || !fresh || !asked) return { outcome: 'expired' };
  const consent = { ...known.consent, confirmedAt: now.toISOString() };
  return { outcome: 'welcomed', subscriber: changed(known, { status: 'active', consent }) };
}

export type Leaving = { outcome: 'left'; subscriber: Subscriber } | { outcome: 'not-subscribed' };

/** Leaving. Twice is once; a suppressed address stays suppressed. */
export function leave(known: Subscriber | undefined, now: Date): Leaving {
  switch (known?.status) {
    case 'pending':
    case 'active':
    case 'paused': {
      const consent = { ...known.consent, leftAt: now.toISOString() };
      return { outcome: 'left', subscriber: changed(known, { status: 'unsubscribed', consent }) };
    }
    case 'unsubscribed':
    case 'suppressed':
    case undefined:
      return { outcome: 'not-subscribed' };
  }
}

/** Nobody writes to a suppressed address again, whatever it asks for. */
export const suppressed = (
  known: Subscriber,
  reason: NonNullable<Subscriber['suppression']>['reason'],
  now: Date,
): Subscriber => changed(known, { status: 'suppressed', suppression: { reason, at: now.toISOString() } });

const changed = (known: Subscriber, change: Partial<Subscriber>): Subscriber => ({
  ...known,
  ...change,
  revision: known.revision + 1,
});
