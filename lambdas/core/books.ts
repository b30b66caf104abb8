/** The books of an edition: whether every reader of its audience is accounted for, counted from rows. */
import * as z from 'zod/mini';
import type { Delivery } from './delivery';
import { proveAcceptance, type Fact } from './feedback';

/** What is known of a reader: the sender's row and the facts that SES reported. */
export interface Account {
  delivery: Delivery | undefined;
  facts: readonly Fact[];
}

/** What becomes of an unknown delivery. `wait`: its grace is not over. */
export type Settlement = 'sent' | 'again' | 'parked' | 'wait';

export interface Policy {
  /** What happens to a delivery of which SES never said a word. */
  unknown: 'resend' | 'park';
  /** Whether SES reported anything of this edition: without events, silence proves nothing. */
  eventsArrive: boolean;
  graceMinutes: number;
}

/** One blind try more at most. */
const ATTEMPTS = 2;

/** By evidence where there is any; after the grace by the operator's policy. */
export function settle(delivery: Delivery, facts: readonly Fact[], policy: Policy, now: Date): Settlement {
  if (proveAcceptance(facts)) return 'sent';
  if (now.getTime() - Date.parse(delivery.at) < policy.graceMinutes * 60_000) return 'wait';
  return policy.unknown === 'resend' && policy.eventsArrive && delivery.attempt < ATTEMPTS
    ? 'again'
    : 'parked';
}

const tally = z.int().check(z.nonnegative());

export type Books = z.infer<typeof Books>;
export const Books = z.object({
  audience: tally,
  sent: tally,
  failed: tally,
  /** By reason. */
  skipped: z.record(z.string(), tally),
  unknown: tally,
  parked: tally,
  /** Of those sent: whom SES's events proved after their answer had been lost. */
  resolved: tally,
  delivered: tally,
  bounced: tally,
  complained: tally,
  /** Whether nobody of the audience is missing and nobody is left to be settled. */
  closed: z.boolean(),
});

export const openBooks = (): Books => ({
  audience: 0,
  sent: 0,
  failed: 0,
  skipped: {},
  unknown: 0,
  parked: 0,
  resolved: 0,
  delivered: 0,
  bounced: 0,
  complained: 0,
  closed: false,
});

/** Enters a lane: its audience as the senders counted it when they claimed, and what its rows say. */
export function enterLane(books: Books, audience: number, accounts: Iterable<Account>): void {
  books.audience += audience;
  for (const { delivery, facts } of accounts) {
    if (delivery) enter(books, delivery);
    for (const fact of facts)
      if (fact === 'delivered' || fact === 'bounced' || fact === 'complained') books[fact]++;
  }
  const skipped = Object.values(books.skipped).reduce((sum, count) => sum + count, 0);
  const accounted = books.sent + books.failed + skipped + books.parked;
  books.closed = books.unknown === 0 && books.audience <= accounted;
}

function enter(books: Books, { status, reason = 'without a reason', resolved }: Delivery): void {
  switch (status) {
    case 'sent':
    case 'failed':
    case 'parked':
      books[status]++;
      break;
    case 'skipped':
      books.skipped[reason] = (books.skipped[reason] ?? 0) + 1;
      break;
    case 'unknown':
    case 'again':
      books.unknown++;
      break;
  }
  if (resolved) books.resolved++;
}

/** Of fewer readers a rate says little. */
const LEAST = 1_000;

/** Why the breaker trips, or undefined: rates of those claimed so far, but never of fewer than a thousand. */
export function tripped(
  { bounced, complained }: { bounced: number; complained: number },
  claimed: number,
  limits: { bouncePercent: number; complaintPercent: number },
): string | undefined {
  const percent = (count: number): number => (100 * count) / Math.max(claimed, LEAST);
  if (percent(bounced) >= limits.bouncePercent) return `${bounced} of ${claimed} mails bounced`;
  if (percent(complained) >= limits.complaintPercent) return `${complained} of ${claimed} readers complained`;
  return undefined;
}
