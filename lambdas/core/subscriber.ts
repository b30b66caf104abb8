/** A subscriber's standing, and what joining, confirming and leaving do to it. */
import * as z from 'zod';
import type { Address } from './address';
import { Cadence, changedCadence, FormerCadences } from './cadences';
import { Consents } from './consent';
import { givenUp, inForce, SavedSearches, saving, type Saving } from './saved-searches';
import { FormerZones } from './zones';

export type Subscriber = z.infer<typeof Subscriber>;
export type Wish = NonNullable<Subscriber['wish']>;

const moment = z.iso.datetime();

/** What one who leaves may choose from. */
export type FarewellReason = z.infer<typeof FarewellReason>;
export const FarewellReason = z.enum([
  'too-often',
  'not-for-me',
  'too-long',
  'elsewhere',
  'not-asked',
  'other',
]);

const Standing = z.object({
  subscriberId: z.string(),
  /** Checked when it came in by the rules of that day, not again at every read. */
  address: z.string().transform((text) => text as Address),
  status: z.enum(['pending', 'active', 'paused', 'unsubscribed', 'suppressed', 'erased']),
  /** An active reader gets no edition that is frozen before; after it they do again, without a write. */
  pausedUntil: moment.optional(),
  /** How dates are written to them, as a BCP 47 tag. */
  locale: z.string().optional(),
  cadence: Cadence,
  formerCadences: FormerCadences.optional(),
  /** Where an edition comes at its hour, as an IANA name; none is the newsletter's own. */
  zone: z.string().optional(),
  formerZones: FormerZones.optional(),
  /** Saved searches in their normal form. One with `until` was given up then: it only keeps older papers from coming twice. */
  searches: SavedSearches.optional(),
  /** What an active reader's address was asked to change in the form; counts when its owner confirms. */
  wish: z.object({ search: z.string().optional(), cadence: Cadence.optional(), askedAt: moment }).optional(),
  /** The address they want it at from now on; counts when the owner of that one confirms. */
  moving: z.object({ to: z.string().transform((text) => text as Address), askedAt: moment }).optional(),
  /** To and from which of their rows they took their subscription along. */
  movedTo: z.object({ subscriberId: z.string(), at: moment }).optional(),
  movedFrom: z.object({ subscriberId: z.string(), at: moment, confirmedAt: moment.optional() }).optional(),
  /** When they last asked to be forgotten. It outlives their coming back, for the books of an edition under way. */
  erasedAt: moment.optional(),
  /** When they asked to join, agreed by the link in the mail, and left; the last of each. */
  consent: z.object({ askedAt: moment, confirmedAt: moment.optional(), leftAt: moment.optional() }),
  /** All of it, in the order in which it happened (consent.ts); rows of before it was kept have none. */
  consents: Consents.optional(),
  /** Why they left, if they said so. */
  farewell: z.object({ reason: FarewellReason, words: z.string().optional(), at: moment }).optional(),
  /** Editions that bounced for the time being, such as a full mailbox. */
  softBounces: z.array(z.string()).optional(),
  suppression: z
    .object({ reason: z.enum(['bounced', 'complained', 'soft-bounced', 'by-hand']), at: moment })
    .optional(),
  /** Counts the changes, so that a write can say which one it read. */
  revision: z.int().positive(),
});

/** Where an erased subscriber's address was; no mail can be written to it. */
const NOBODY = '' as Address;

/** All that is stored of one who was erased. */
const Erased = Standing.pick({ subscriberId: true, suppression: true, revision: true }).extend({
  status: z.enum(['erased', 'suppressed']),
  erasedAt: moment,
});

/** A stored item; that of an erased subscriber is given empty fields in place of those that are gone. */
export const Subscriber = z.union([
  Standing,
  Erased.transform((row): z.infer<typeof Standing> => ({
    ...row,
    address: NOBODY,
    cadence: 'weekly',
    consent: { askedAt: row.erasedAt },
  })),
]);

export const isErased = ({ address }: Subscriber): boolean => address === NOBODY;

/** What is stored of a subscriber: of an erased one nothing that tells who it was or what they read. */
export const stored = (subscriber: Subscriber): z.infer<typeof Erased> | Subscriber =>
  isErased(subscriber) ? Erased.parse(subscriber) : subscriber;

/** How long an invitation's link works. */
export const INVITATION_HOURS = 48;

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
  const added = savingOf(known, search, now);
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

/** The searches in force, in the order they were added; texts in their normal form. */
export const searchesOf = ({ searches = [] }: Pick<Subscriber, 'searches'>): string[] => inForce(searches);

export type Adding =
  { outcome: 'added'; subscriber: Subscriber } | { outcome: 'known' } | { outcome: 'full' };

/** Saves a search (in its normal form) beside the others, unless it is there already or they are five. */
export function addSearch(known: Subscriber, text: string, now: Date): Adding {
  const added = saving(known.searches ?? [], text, now);
  if (added.outcome !== 'added') return added;
  return { outcome: 'added', subscriber: changed(known, { searches: added.searches }) };
}

/** Gives up a search; without it nothing changes. */
export function giveUpSearch(known: Subscriber, text: string, now: Date): Subscriber {
  if (!searchesOf(known).includes(text)) return known;
  return changed(known, { searches: givenUp(known.searches ?? [], now, text) });
}

/** The next state of a row: every change counts. */
export const changed = (known: Subscriber, change: Partial<Subscriber>): Subscriber => ({
  ...known,
  ...change,
  revision: known.revision + 1,
});
