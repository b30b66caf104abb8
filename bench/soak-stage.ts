/** The stage of a soak: the machine, its far ends behind proxies, the readers, the edition, and who watches. */
import { join } from 'node:path';
import { SAMPLE } from '../local/journey';
import { startMachine, type Machine } from '../local/machine';
import { localNewsletter } from '../local/newsletter';
import { chance } from './chance';
import { asked, dynamoDbFault } from './faults-dynamodb';
import { openEvents, type Events } from './faults-events';
import { planKills, type Kills } from './faults-kills';
import { startProxy } from './faults-proxy';
import { sesFaults, type SesLog } from './faults-ses';
import { sqsFault } from './faults-sqs';
import { build, prepareQueues, put } from './soak-edition';
import { enlist, type Readers } from './soak-readers';
import type { Surroundings } from './soak-senders';
import { GRACE_MINUTES, LEASE_SECONDS, PATIENCE_MS } from './soak-times';
import { watch, type Watch } from './soak-watch';

/** Of a hundred calls, how many meet a fault. */
const PERCENT = { dynamodb: 1.5, ses: 3, sqs: 5 };

export interface Choices {
  readers: number;
  kills: number;
  seed: number;
  /** The longest it may take. */
  seconds: number;
  /** Of a hundred mails, how many SES never says anything about. */
  lostEvents: number;
}

export interface Stage {
  machine: Machine;
  readers: Readers;
  events: Events;
  kills: Kills;
  watched: Watch;
  log: SesLog;
  surroundings: Surroundings;
}

/** What is to be closed at the end, the last first. */
export type Closing = (() => Promise<void> | void)[];

export async function setStage(
  { readers: count, kills: toKill, seed, lostEvents }: Choices,
  folder: string,
  closing: Closing,
): Promise<Stage> {
  const events = openEvents({
    chance: chance(seed, 'events'),
    lostPercent: lostEvents,
    put: (some) => put(machine, 'FEEDBACK', some),
  });
  closing.push(() => events.close());
  const machine = await startMachine({
    folder: join(folder, 'machine'),
    newsletter: await newsletter(),
    sitePort: 0,
    inboxPort: 0,
    schedules: false,
    queues: ['joins'],
    ses: { report: events.report },
  });
  closing.push(() => machine.close());
  const watched = watch();
  const log: SesLog = { startedAt: new Map(), refused: new Set() };
  const kills = planKills({ count: toKill, readers: count, chance: chance(seed, 'kills') });
  const { met } = watched;
  const surroundings: Surroundings = {
    environment: machine.environment,
    chance: chance(seed, 'senders'),
    percent: 0,
    met,
    wrote: watched.wrote,
    handled: events.handled,
    kills,
    ses: sesFaults({ chance: chance(seed, 'ses'), percent: PERCENT.ses, patience: PATIENCE_MS, log, met }),
  };
  await farEndsFail(surroundings, chance(seed, 'sqs'), closing);
  const readers = await enlist(machine, count);
  await prepareQueues(machine);
  await build(machine);
  surroundings.percent = PERCENT.dynamodb; // from now on
  return { machine, readers, events, kills, watched, log, surroundings };
}

/** Small mails, and the soak's times. */
const newsletter = () =>
  localNewsletter([SAMPLE], {
    cadences: { weekly: { cron: '0 7 ? * MON *', papers: 2 } },
    sending: { lateHours: 10_000_000, leaseSeconds: LEASE_SECONDS, graceMinutes: GRACE_MINUTES },
    limits: { invitationsPerNetwork: 100_000, invitations: 1_000_000 },
  });

/** The site, the builder and settle-edition run in this process and meet faults too; only what polls goes straight to SQS. */
async function farEndsFail(
  around: Surroundings,
  luck: ReturnType<typeof chance>,
  closing: Closing,
): Promise<void> {
  const { environment, met } = around;
  const { AWS_ENDPOINT_URL_SQS: sqsUrl = '', AWS_ENDPOINT_URL_DYNAMODB: dynamoDbUrl = '' } = environment;
  const sqs = await startProxy(sqsUrl, (call) => sqsFault(call, { chance: luck, percent: PERCENT.sqs, met }));
  closing.push(() => sqs.close());
  const dynamodb = await startProxy(dynamoDbUrl, (call) => dynamoDbFault(call, asked(call), around));
  closing.push(() => dynamodb.close());
  const queues = Object.entries(environment).filter(([name]) => /_(QUEUE|DEAD_LETTERS)_URL$/.test(name));
  const behind = Object.fromEntries(queues.map(([name, url]) => [name, url.replace(sqsUrl, sqs.url)]));
  around.environment = {
    ...environment,
    ...behind,
    AWS_ENDPOINT_URL_SQS: sqs.url,
    SOAK_SQS_URL: sqsUrl,
    SOAK_LANES_URL: environment['LANES_QUEUE_URL'] ?? '',
    SOAK_FEEDBACK_URL: environment['FEEDBACK_QUEUE_URL'] ?? '',
  };
  Object.assign(process.env, around.environment, { AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url });
}
