/** The map, as data: every handler in the order of a reader's life, and what opens it. infra and local both read it. */

/** What opens a handler: paths of the site, the schedule of the editions, or a queue. */
export type Trigger =
  | { kind: 'web'; paths: readonly string[] }
  | { kind: 'cadences' }
  | { kind: 'queue'; queue: QueueName; batchSize: number };

export type HandlerName = keyof typeof triggers;
export type QueueName = 'lanes';

/**
 * A path answers every method: the handler itself says 405 to those it doesn't know, on a page a person can read.
 * `$default` is API Gateway's name for every path nobody else has.
 */
export const triggers = {
  subscribe: { kind: 'web', paths: ['/', '/subscribe', '$default'] },
  confirm: { kind: 'web', paths: ['/confirm'] },
  'build-digest': { kind: 'cadences' },
  'send-digest': { kind: 'queue', queue: 'lanes', batchSize: 1 },
  unsubscribe: { kind: 'web', paths: ['/unsubscribe/{token}'] },
  archive: { kind: 'web', paths: ['/editions', '/editions/{editionId}'] },
} as const satisfies Record<string, Trigger>;

/** Seconds: what each queue allows, shared by the real queue and the local poller. */
export const queues = {
  lanes: { visibilityTimeout: 900, maxReceiveCount: 5 },
} as const satisfies Record<QueueName, { visibilityTimeout: number; maxReceiveCount: number }>;
