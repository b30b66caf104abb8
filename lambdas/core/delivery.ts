/** One edition to one subscriber: what was tried, what came of it, and what an answer of SES means. */
import * as z from 'zod/mini';
import { cadenceAt } from './cadences';
import type { Subscriber } from './subscriber';

export type Delivery = z.infer<typeof Delivery>;
/** What one call to SES came to; the reasons are for the log and the ledger. */
export type Outcome =
  | { outcome: 'accepted'; messageId: string }
  | { outcome: 'throttled' }
  | { outcome: 'exhausted'; reason: string }
  | { outcome: 'stopped'; reason: string }
  | { outcome: 'refused'; reason: string }
  | { outcome: 'unknown'; reason: string };

export const Delivery = z.object({
  subscriberId: z.string(),
  /** `again`: to be tried once more; `parked`: left as it is, by the operator's policy. */
  status: z.enum(['sent', 'failed', 'skipped', 'unknown', 'again', 'parked']),
  attempt: z.int().check(z.positive()),
  /** SES's events proved it after its answer had been lost. */
  resolved: z.optional(z.boolean()),
  reason: z.optional(z.string()),
  messageId: z.optional(z.string()),
  at: z.iso.datetime(),
});

/** What SES answered, or what went wrong instead: an error's name and message, and the HTTP status if there was one. */
export interface Answer {
  messageId?: string | undefined;
  error?: { name: string; message: string; status?: number | undefined };
}

/**
 * Faults of the account or of the set-up: every further call would fail the same way. A paused account also answers
 * MessageRejected, "Sending paused for this account".
 */
const STOPS = new Set([
  'AccountSendingPausedException',
  'ConfigurationSetDoesNotExist',
  'ConfigurationSetDoesNotExistException',
  'ConfigurationSetSendingPausedException',
  'MailFromDomainNotVerifiedException',
  'AccessDenied',
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredToken',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'RequestExpired',
  'SignatureDoesNotMatch',
]);

/**
 * Only what SES refuses in so many words was not accepted. Everything else (a timeout, a reset, a 5xx, a 200 without
 * an id) may have been, so it is `unknown`: settled later by evidence and never blindly sent again.
 * Both quota errors are called Throttling and differ in their text:
 * https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html
 */
export function classify({ messageId, error }: Answer, recipient: string): Outcome {
  if (messageId) return { outcome: 'accepted', messageId };
  if (!error) return { outcome: 'unknown', reason: 'SES answered without a message id' };
  const { name, message, status = 0 } = error;
  const reason = `${name}: ${message}`.replace(/\S+@\S+/g, '(an address)'); // it outlives the subscriber
  if (name.startsWith('Throttling') || status === 429)
    return /daily/i.test(message) ? { outcome: 'exhausted', reason } : { outcome: 'throttled' };
  const ourOwn = /not verified/i.test(message) && !message.toLowerCase().includes(recipient.toLowerCase());
  const forbidden = status === 401 || status === 403;
  if (STOPS.has(name) || forbidden || ourOwn || /\bpaused\b/i.test(message))
    return { outcome: 'stopped', reason };
  const refused = status >= 400 && status < 500 && status !== 408; // 408: a timeout
  return refused ? { outcome: 'refused', reason } : { outcome: 'unknown', reason };
}

/**
 * Milliseconds for which a subscriber's row may be relied on: one read longer ago is read again before its reader is
 * mailed. Whoever leaves hears so only after twice as long, when no call to SES can start any more that rests on the row
 * as it was before.
 */
export const RELIED_ON_MS = 250;

/** What a lane does with the subscriber it comes by: a digest, a row that says why not, or nothing at all. */
export type Due = { due: 'digest' } | { due: 'skip'; reason: string } | { due: 'nothing' };

/**
 * An edition's audience: who had its cadence and had confirmed by its cutoff, and had not left before it. Those of them who
 * can't be mailed any more are skipped with the reason, so that the books know of everybody.
 */
export function due(reader: Subscriber, edition: { cadence: string; cutoff: string }): Due {
  const { status, consent, suppression, pausedUntil, erasedAt } = reader;
  const since = (moment: string | undefined): boolean => moment !== undefined && moment > edition.cutoff;
  // what they were before is forgotten: they may have been counted, so they are in the books
  if (since(erasedAt)) return { due: 'skip', reason: 'unsubscribed' };
  if (cadenceAt(reader, edition.cutoff) !== edition.cadence || !consent.confirmedAt)
    return { due: 'nothing' };
  // who left may have been counted before; and a new consent is one for the editions to come
  if (since(consent.leftAt)) return { due: 'skip', reason: 'unsubscribed' };
  if (since(consent.confirmedAt)) return { due: 'nothing' };
  switch (status) {
    case 'active': // who was paused when it was frozen gets the next one
      return since(pausedUntil) ? { due: 'skip', reason: 'paused' } : { due: 'digest' };
    case 'paused':
      return { due: 'skip', reason: 'paused' };
    case 'pending':
    case 'unsubscribed': // before the cutoff
    case 'erased':
      return { due: 'nothing' };
    case 'suppressed':
      return since(suppression?.at) ? { due: 'skip', reason: 'suppressed' } : { due: 'nothing' };
  }
}
