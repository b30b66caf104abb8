/** A subscriber: the row's shape, their standing, and what is left of it when they are erased. */
import * as z from 'zod/mini';
import type { Address } from './address';
import { Cadence, FormerCadences } from './cadences';
import { Consents } from './consent';
import { inForce, SavedSearches } from './saved-searches';
import { FormerZones } from './zones';

export type Subscriber = z.infer<typeof Subscriber>;
export type Wish = NonNullable<Subscriber['wish']>;

const moment = z.iso.datetime();
/** Checked when it came in by the rules of that day, not again at every read. */
const knownAddress = z.pipe(
  z.string(),
  z.transform((text) => text as Address),
);

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
  address: knownAddress,
  status: z.enum(['pending', 'active', 'paused', 'unsubscribed', 'suppressed', 'erased']),
  /** An active reader gets no edition that is frozen before; after it they do again, without a write. */
  pausedUntil: z.optional(moment),
  /** How dates are written to them, as a BCP 47 tag. */
  locale: z.optional(z.string()),
  cadence: Cadence,
  formerCadences: z.optional(FormerCadences),
  /** Where an edition comes at its hour, as an IANA name; none is the newsletter's own. */
  zone: z.optional(z.string()),
  formerZones: z.optional(FormerZones),
  /** Saved searches in their normal form. One with `until` was given up then: it only keeps older papers from coming twice. */
  searches: z.optional(SavedSearches),
  /** What an active reader's address was asked to change in the form; counts when its owner confirms. */
  wish: z.optional(
    z.object({ search: z.optional(z.string()), cadence: z.optional(Cadence), askedAt: moment }),
  ),
  /** The address they want it at from now on; counts when the owner of that one confirms. */
  moving: z.optional(z.object({ to: knownAddress, askedAt: moment })),
  /** To and from which of their rows they took their subscription along. */
  movedTo: z.optional(z.object({ subscriberId: z.string(), at: moment })),
  movedFrom: z.optional(z.object({ subscriberId: z.string(), at: moment, confirmedAt: z.optional(moment) })),
  /** When they last asked to be forgotten. It outlives their coming back, for the books of an edition under way. */
  erasedAt: z.optional(moment),
  /** When they asked to join, agreed by the link in the mail, and left; the last of each. */
  consent: z.object({ askedAt: moment, confirmedAt: z.optional(moment), leftAt: z.optional(moment) }),
  /** All of it, in the order in which it happened (consent.ts); rows of before it was kept have none. */
  consents: z.optional(Consents),
  /** Why they left, if they said so. */
  farewell: z.optional(z.object({ reason: FarewellReason, words: z.optional(z.string()), at: moment })),
  /** Editions that bounced for the time being, such as a full mailbox. */
  softBounces: z.optional(z.array(z.string())),
  suppression: z.optional(
    z.object({ reason: z.enum(['bounced', 'complained', 'soft-bounced', 'by-hand']), at: moment }),
  ),
  /** Counts the changes, so that a write can say which one it read. */
  revision: z.int().check(z.positive()),
});

/** Where an erased subscriber's address was; no mail can be written to it. */
export const NOBODY = '' as Address;

/** All that is stored of one who was erased. */
const { subscriberId, suppression, revision } = Standing.shape;
const Erased = z.object({
  subscriberId,
  suppression,
  revision,
  status: z.enum(['erased', 'suppressed']),
  erasedAt: moment,
});

/** A stored item; that of an erased subscriber is given empty fields in place of those that are gone. */
export const Subscriber = z.union([
  Standing,
  z.pipe(
    Erased,
    z.transform((row): z.infer<typeof Standing> => ({
      ...row,
      address: NOBODY,
      cadence: 'weekly',
      consent: { askedAt: row.erasedAt },
    })),
  ),
]);

export const isErased = ({ address }: Subscriber): boolean => address === NOBODY;

/** What is stored of a subscriber: of an erased one nothing that tells who it was or what they read. */
export const stored = (subscriber: Subscriber): z.infer<typeof Erased> | Subscriber =>
  isErased(subscriber) ? Erased.parse(subscriber) : subscriber;

/** The searches in force, in the order they were added; texts in their normal form. */
export const searchesOf = ({ searches = [] }: Pick<Subscriber, 'searches'>): string[] => inForce(searches);

/** The next state of a row: every change counts. */
export const changed = (known: Subscriber, change: Partial<Subscriber>): Subscriber => ({
  ...known,
  ...change,
  revision: known.revision + 1,
});
