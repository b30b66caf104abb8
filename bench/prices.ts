/** What AWS asks, in USD, us-east-1, on demand; and what a mail's share of it comes to beside SES's own price. */

/** Looked up by us on 2026-11-28; DynamoDB's changed last on 2024-11-01. List prices without tax, before any volume discount. */
export const PRICES_OF = '2026-11-28';

export const prices = {
  /** https://aws.amazon.com/ses/pricing/ */
  mail: 0.1 / 1_000,
  /** https://aws.amazon.com/dynamodb/pricing/on-demand/ */
  writeUnit: 0.625 / 1e6,
  readUnit: 0.125 / 1e6,
  /** https://aws.amazon.com/lambda/pricing/ (arm64) */
  gigabyteSecond: 0.0000133334,
  invocation: 0.2 / 1e6,
  /** https://aws.amazon.com/sqs/pricing/ */
  queueRequest: 0.4 / 1e6,
  /** https://aws.amazon.com/eventbridge/pricing/: events of AWS services are free */
  event: 0,
  schedule: 1 / 1e6,
  /** A month, and a gigabyte of tables and of their backups. */
  storedGigabyte: 0.25,
  restorableGigabyte: 0.2,
  /** https://aws.amazon.com/api-gateway/pricing/ (HTTP API) */
  request: 1 / 1e6,
  /** https://aws.amazon.com/secrets-manager/pricing/ */
  secret: 0.4,
  secretCall: 0.05 / 1e4,
  /** https://aws.amazon.com/cloudwatch/pricing/: a month each, but for logs by the gigabyte */
  metric: 0.3,
  alarm: 0.1,
  dashboard: 3,
  loggedGigabyte: 0.5,
  keptLogGigabyte: 0.03,
};

/** What an account gets every month without end; twelve-month offers don't count. Same pages. */
export const free = {
  storedGigabytes: 25,
  gigabyteSeconds: 400_000,
  invocations: 1e6,
  queueRequests: 1e6,
  schedules: 14e6,
  metrics: 10,
  alarms: 10,
  dashboards: 3,
  loggedGigabytes: 5,
};

export type Allowances = Record<keyof typeof free, number>;

/** The functions' memory (infra/function.ts), and the share of a core that comes with it: a whole one at 1,769 MB. */
export const GIGABYTES = 0.5;
export const CORE = 512 / 1_769;
/** Milliseconds that a call takes on AWS: assumed, since no far end of this machine is far. */
export const LATENCY = { ses: 60, dynamodb: 5 };

/** What one reader, or one event, takes on average. */
export interface Share {
  readUnits: number;
  writeUnits: number;
  /** Measured on this machine's core, which counts as one of Lambda's. */
  cpuMs: number;
  /** What the function waits for far ends. */
  waitMs: number;
  queueRequests: number;
  invocations: number;
}

/** In percent of what SES asks for one mail. */
export function percentOfMail(share: Share): number {
  const seconds = (share.waitMs + share.cpuMs / CORE) / 1_000;
  const dollars =
    share.readUnits * prices.readUnit +
    share.writeUnits * prices.writeUnit +
    seconds * GIGABYTES * prices.gigabyteSecond +
    share.queueRequests * prices.queueRequest +
    share.invocations * prices.invocation;
  return (100 * dollars) / prices.mail;
}
