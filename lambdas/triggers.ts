/** The map, as data: every handler in the order of a reader's life, and what opens it. infra and local both read it. */

/**
 * What opens a handler: paths of the site, a schedule of its own (EventBridge's six cron fields, in the newsletter's time
 * zone), the schedules of the cadences in newsletter.json, or a queue.
 */
export type Trigger =
  | { kind: 'web'; paths: readonly string[] }
  | { kind: 'cadences' }
  | { kind: 'schedule'; cron: string }
  | { kind: 'queue'; queue: QueueName; batchSize: number };

export type HandlerName = keyof typeof triggers;
export type QueueName = 'joins' | 'lanes' | 'feedback';

/**
 * A path answers every method: the handler itself says 405 to those it doesn't know, on a page a person can read.
 * `$default` is API Gateway's name for every path nobody else has.
 */
export const triggers = {
  subscribe: { kind: 'web', paths: ['/subscribe', '/proof'] },
  invite: { kind: 'queue', queue: 'joins', batchSize: 1 },
  confirm: { kind: 'web', paths: ['/confirm'] },
  preferences: {
    kind: 'web',
    paths: [
      '/preferences',
      '/preferences/link',
      '/preferences/pause',
      '/preferences/address',
      '/preferences/move',
      '/preferences/export',
      '/preferences/erase',
    ],
  },
  'ingest-papers': { kind: 'schedule', cron: '0 5 * * ? *' },
  'build-digest': { kind: 'cadences' },
  'send-digest': { kind: 'queue', queue: 'lanes', batchSize: 1 },
  'record-feedback': { kind: 'queue', queue: 'feedback', batchSize: 10 },
  'settle-edition': { kind: 'schedule', cron: '0/15 * * * ? *' },
  unsubscribe: { kind: 'web', paths: ['/unsubscribe/{token}', '/unsubscribe/{token}/{change}'] },
  archive: { kind: 'web', paths: ['/', '/editions', '/editions/{editionId}', '$default'] },
} as const satisfies Record<string, Trigger>;

/** Seconds: what each queue allows, shared by the real queue and the local poller. */
export const queues = {
  joins: { visibilityTimeout: 180, maxReceiveCount: 3 },
  lanes: { visibilityTimeout: 900, maxReceiveCount: 5 },
  feedback: { visibilityTimeout: 180, maxReceiveCount: 5 },
} as const satisfies Record<QueueName, { visibilityTimeout: number; maxReceiveCount: number }>;

/**
 * Node's own settings for a handler (NODE_OPTIONS). Every mail makes some hundred kilobytes that are garbage at once: with
 * a small space for new objects the sender needs 164 MB instead of 190 to 204, for the same processor time.
 */
export const nodeOptions: Partial<Record<HandlerName, string>> = { 'send-digest': '--max-semi-space-size=4' };
