/** One edition to one subscriber: what was tried, what came of it, and what an answer of SES means. */
import * as z from 'zod';
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
  attempt: z.int().positive(),
  /** SES's events proved it after its answer had been lost. */
  resolved: z.boolean().optional(),
  reason: z.string().optional(),
  messageId: z.string().optional(),
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
export function classify({ messageId, error }: Answer): Outcome {
  if (messageId) return { outcome: 'accepted', messageId };
  if (!error) return { outcome: 'unknown', reason: 'SES answered without a message id' };
  const reason = `${error.name}: ${error.message}`;
  if (error.name.startsWith('Throttling') || error.status === 429)
    return /daily/i.test(error.message) ? { outcome: 'exhausted', reason } : { outcome: 'throttled' };
  const forbidden = error.status === 401 || error.status === 403;
  if (STOPS.has(error.name) || forbidden || /\bpaused\b/i.test(error.message))
    return { outcome: 'stopped', reason };
  const refused = error.status !== undefined && error.status >= 400 && error.status < 500;
  return refused ? { outcome: 'refused', reason } : { outcome: 'unknown', reason };
}

/** What a lane does with the subscriber it comes by: a digest, a row that says why not, or nothing at all. */
export type Due = { due: 'digest' } | { due: 'skip'; reason: string } | { due: 'nothing' };

/** An edition's audience: who had confirmed by its cutoff, had not left before it, and reads its cadence. */
export function due(subscriber: Subscriber, edition: { cadence: string; cutoff: string }): Due {
  const { status, cadence, consent } = subscriber;
  if (cadence !== edition.cadence || !consent.confirmedAt || consent.confirmedAt > edition.cutoff)
    return { due: 'nothing' };
  if (status === 'active') return { due: 'digest' };
  const leftSince = consent.leftAt !== undefined && consent.leftAt > edition.cutoff;
  return status === 'unsubscribed' && leftSince
    ? { due: 'skip', reason: 'unsubscribed' }
    : { due: 'nothing' };
}
