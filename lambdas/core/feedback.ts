/** What SES reports of a mail after it took it, and what that does to a delivery and to a subscriber. */
import * as z from 'zod/mini';
import { canonicalAddress } from './address';
import { subscriberIdOf, type Keys } from './identity';
import { suppressed } from './leaving';
import type { SesEvent } from './ses-event';
import type { Subscriber } from './subscriber';

/** Facts about one delivery. Only their set counts, so duplicates, delays and any order come to the same. */
export const Fact = z.enum([
  'sent',
  'delivered',
  'delayed',
  'rejected',
  'soft-bounced',
  'bounced',
  'complained',
  'opened',
  'clicked',
]);
export type Fact = z.infer<typeof Fact>;

const FACTS: Record<string, Fact> = {
  Send: 'sent',
  Delivery: 'delivered',
  DeliveryDelay: 'delayed',
  Reject: 'rejected',
  Complaint: 'complained',
  Open: 'opened',
  Click: 'clicked',
};

/** Undefined for events that say nothing about a delivery, such as a subscription or one that SES will add some day. */
export function factOf({ detail }: SesEvent): Fact | undefined {
  if (detail.eventType === 'Bounce')
    return detail.bounce?.bounceType === 'Permanent' ? 'bounced' : 'soft-bounced';
  return FACTS[detail.eventType];
}

/** Whether a fact can change the reader's standing, not only what is known of one mail. */
export const matters = (fact: Fact): boolean =>
  fact === 'soft-bounced' || fact === 'bounced' || fact === 'complained';

/** Facts that prove that SES had accepted the mail. */
const PROOF: ReadonlySet<Fact> = new Set([
  'sent',
  'delivered',
  'delayed',
  'soft-bounced',
  'bounced',
  'complained',
  'opened',
  'clicked',
]);
export const proveAcceptance = (facts: Iterable<Fact>): boolean => [...facts].some((fact) => PROOF.has(fact));

/**
 * Whether an event is about the subscriber that its tag names: a tag alone could be forged by who may send through the
 * account, and a complaint can name several recipients of whom one is ours.
 */
export function concerns({ detail }: SesEvent, subscriberId: string, keys: Keys): boolean {
  const named =
    detail.bounce?.bouncedRecipients.map(({ emailAddress }) => emailAddress) ??
    detail.complaint?.complainedRecipients.map(({ emailAddress }) => emailAddress) ??
    detail.mail.destination;
  return named.some((text) => {
    const canonical = canonicalAddress(text);
    return canonical.outcome === 'valid' && subscriberIdOf(canonical.address, keys) === subscriberId;
  });
}

/** Editions looked back at, and in how many of them a mailbox may bounce for the time being. */
export const SOFT_WINDOW = 5;
const SOFT_LIMIT = 3;

/**
 * What a fact makes of a subscriber; undefined where it changes nothing. A permanent bounce or a complaint suppresses at
 * once, and transient bounces do in three of the cadence's last five editions.
 */
export function heard(
  known: Subscriber,
  fact: Fact,
  context: { editionId: string | undefined; lastEditions: readonly string[]; now: Date },
): Subscriber | undefined {
  if (known.status === 'suppressed') return undefined;
  if (fact === 'bounced' || fact === 'complained') return suppressed(known, fact, context.now);
  if (fact !== 'soft-bounced' || !context.editionId || known.softBounces?.includes(context.editionId))
    return undefined;
  const softBounces = [...(known.softBounces ?? []), context.editionId].toSorted().slice(-2 * SOFT_WINDOW);
  const counted = softBounces.filter((editionId) => context.lastEditions.includes(editionId));
  const next = { ...known, softBounces };
  return counted.length >= SOFT_LIMIT
    ? suppressed(next, 'soft-bounced', context.now)
    : { ...next, revision: known.revision + 1 };
}
