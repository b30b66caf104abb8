/** The figures that handlers write for CloudWatch, as data: aws/log.ts writes them, infra makes alarms and graphs of them. */
import type { HandlerName } from '../triggers';

export type MetricName = keyof typeof metrics;

interface Written {
  unit: 'Count' | 'Percent';
  by: HandlerName;
  /** Written when nothing happens, too; the others cost nothing then. */
  always?: true;
}

/** Without dimensions: each costs 0.30 USD a month for the hours in which it is written. */
export const metrics = {
  /** Mails to those who asked to join, or for a search or another cadence. */
  Invitations: { unit: 'Count', by: 'invite' },
  Confirmations: { unit: 'Count', by: 'confirm' },
  /** Readers who unsubscribed. */
  Departures: { unit: 'Count', by: 'unsubscribe' },
  /** Of SES's daily quota: what was sent in the last 24 hours, by everything in the account. */
  QuotaUsed: { unit: 'Percent', by: 'send-digest' },
  /** How many there are at each look, every quarter of an hour (core/overdue.ts). */
  EditionsMissing: { unit: 'Count', by: 'settle-edition', always: true },
  EditionsStuck: { unit: 'Count', by: 'settle-edition', always: true },
  BooksOverdue: { unit: 'Count', by: 'settle-edition', always: true },
  /** Of all queues that open handlers, while there are any. */
  DeadLetters: { unit: 'Count', by: 'settle-edition' },
  /** Of an edition's readers, each time its books are counted: whom SES refused, and of whom nobody knows. */
  DigestsFailed: { unit: 'Count', by: 'settle-edition' },
  DigestsUnknown: { unit: 'Count', by: 'settle-edition' },
} as const satisfies Record<string, Written>;

/** How many are written while nothing happens. */
export const metricsAtRest = Object.values<Written>(metrics).filter(({ always }) => always).length;

export const writesMetrics = (handler: HandlerName): boolean =>
  Object.values(metrics).some(({ by }) => by === handler);
