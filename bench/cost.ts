/** What AWS asks in a month, from measured units (units.json), prices with their date, and what the template holds. */
import { metricsAtRest } from '../lambdas/aws/metrics';
import { type Allowances, CORE, GIGABYTES, prices } from './prices';
import units from './units.json';

/** What the stack has of the things that cost by the piece. */
export interface Pieces {
  secrets: number;
  queuesPolled: number;
  alarms: number;
  metrics: number;
  /** Those of them that are written while nothing happens: a metric costs by the hour in which it is written. */
  metricsAtRest: number;
  dashboards: number;
}

/** Dollars a month by what they are asked for. */
export type Bill = Record<string, number>;

const EDITIONS = 52 / 12;
const SECONDS = (365.25 * 86_400) / 12;

/** What we suppose, since nobody can measure it beforehand. */
export const assumed = {
  /** Pages that a reader opens in a month, and readers of a hundred who join in it. */
  pages: 1,
  joinedPercent: 5,
  /** Rows of deliveries are kept so long. */
  months: 13,
  /** Lambda asks an idle queue over five connections, each for twenty seconds at a time. */
  polls: 5 * (SECONDS / 20),
  /** Runs by the clock: every quarter of an hour, and every day. */
  settlings: SECONDS / 900,
  imports: SECONDS / 86_400,
  /** Containers read the keys when they start, and every five minutes while they work; in an idle stack nobody does. */
  secretCalls: 5_000,
  /** Bytes that Lambda writes of its own about a run (its start and its report), and API Gateway about a request. */
  runLog: 700,
  requestLog: 200,
  logMonths: 3,
};

interface Work {
  readUnits: number;
  writeUnits: number;
  cpuMs: number;
  waitMs: number;
}

const times = (work: Work, count: number): Work => ({
  readUnits: work.readUnits * count,
  writeUnits: work.writeUnits * count,
  cpuMs: work.cpuMs * count,
  waitMs: work.waitMs * count,
});

const sum = (works: readonly Work[], of: keyof Work): number =>
  works.reduce((total, work) => total + work[of], 0);

/** A share of a core comes with the memory, so processor time lasts longer than on a whole one. */
const gigabyteSeconds = (works: readonly Work[]): number =>
  ((sum(works, 'waitMs') + sum(works, 'cpuMs') / CORE) / 1_000) * GIGABYTES;

const over = (amount: number, allowance: number): number => Math.max(0, amount - allowance);

/** `readers` of a weekly edition, in the long run: the tables hold 13 months of deliveries. */
export function billOf(readers: number, pieces: Pieces, allowed: Allowances): Bill {
  const mails = readers * EDITIONS;
  const joined = (readers * assumed.joinedPercent) / 100;
  const pages = readers * assumed.pages + 3 * joined;
  const runs = assumed.settlings + assumed.imports + EDITIONS;
  const { reader, sendEvent, delivery, page, join, idleRun, importRun } = units;
  const works = [
    times(reader, mails),
    times(sendEvent, mails),
    times(delivery, mails),
    times(page, pages),
    times(join, joined),
    times(idleRun, assumed.settlings),
    times(importRun, assumed.imports),
  ];
  const invocations = 0.2 * mails + pages + joined + runs;
  const requests = pieces.queuesPolled * assumed.polls + 2.4 * mails + 3 * joined;
  const gigabytes = storedGigabytes(readers, mails);
  const logged = (invocations * assumed.runLog + pages * assumed.requestLog) / 1e9;
  return {
    mails: (mails + 2 * joined) * prices.mail,
    'reads and writes':
      sum(works, 'readUnits') * prices.readUnit + sum(works, 'writeUnits') * prices.writeUnit,
    'tables, kept': over(gigabytes, allowed.storedGigabytes) * prices.storedGigabyte,
    'tables, restorable': gigabytes * prices.restorableGigabyte,
    functions:
      over(gigabyteSeconds(works), allowed.gigabyteSeconds) * prices.gigabyteSecond +
      over(invocations, allowed.invocations) * prices.invocation,
    queues: over(requests, allowed.queueRequests) * prices.queueRequest,
    site: pages * prices.request,
    schedules: over(runs, allowed.schedules) * prices.schedule,
    'keys of the links':
      pieces.secrets * prices.secret + (readers ? assumed.secretCalls : 0) * prices.secretCall,
    logs:
      over(logged, allowed.loggedGigabytes) * prices.loggedGigabyte +
      over(logged * assumed.logMonths, allowed.loggedGigabytes) * prices.keptLogGigabyte,
    'alarms, metrics, dashboards':
      over(pieces.alarms, allowed.alarms) * prices.alarm +
      over(readers ? pieces.metrics : pieces.metricsAtRest, allowed.metrics) * prices.metric +
      over(pieces.dashboards, allowed.dashboards) * prices.dashboard,
  };
}

function storedGigabytes(readers: number, mails: number): number {
  const { subscriber, delivery, feedback, paper, edition } = units.rowBytes;
  const rows = readers * subscriber + mails * assumed.months * (delivery + feedback);
  return (rows + 10_000 * paper + 60 * edition) / 1e9;
}

export const totalOf = (bill: Bill): number =>
  Object.values(bill).reduce((total, dollars) => total + dollars, 0);

export interface Template {
  Resources: Record<string, { Type: string; Properties?: unknown }>;
}

/** Counts the pieces of a CloudFormation template; metrics are those of ours that an alarm or a dashboard looks at. */
export function piecesOf({ Resources }: Template): Pieces {
  const all = Object.values(Resources);
  const texts = (type: string): string[] =>
    all.filter(({ Type }) => Type === type).map((one) => JSON.stringify(one));
  const alarms = texts('AWS::CloudWatch::Alarm');
  const dashboards = texts('AWS::CloudWatch::Dashboard');
  return {
    secrets: texts('AWS::SecretsManager::Secret').length,
    queuesPolled: texts('AWS::Lambda::EventSourceMapping').length,
    // an alarm on an expression is paid for by each metric that it reads
    alarms: alarms.reduce((total, text) => total + Math.max(1, text.split('"MetricStat"').length - 1), 0),
    metrics: new Set([...alarms, ...dashboards].flatMap(ownMetrics)).size,
    metricsAtRest,
    dashboards: dashboards.length,
  };
}

/** By the namespace of lambdas/aws/log.ts: fields of an alarm or of a metric in it, and in a dashboard's body JSON within JSON. */
const ownMetrics = (text: string): string[] =>
  [
    /"MetricName":"(\w+)","Namespace":"Paperboy"/g,
    /"Namespace":"Paperboy","MetricName":"(\w+)"/g,
    /\\"Paperboy\\",\\"(\w+)/g,
  ].flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name));
