/** A subscriber: the row's shape, their standing, and what is left of it when they are erased. */
import * as z from 'zod';
import type { Address } from './address';
import { Cadence, FormerCadences } from './cadences';
import { Consents } from './consent';
import { inForce, SavedSearches } from './saved-searches';
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
export const NOBODY = '' as Address;

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

/** The searches in force, in the order they were added; texts in their normal form. */
export const searchesOf = ({ searches = [] }: Pick<Subscriber, 'searches'>): string[] => inForce(searches);

/** The next state of a row: every change counts. */
export const changed = (known: Subscriber, change: Partial<Subscriber>): Subscriber => ({
  ...known,
  ...change,
  revision: known.revision + 1,
});
