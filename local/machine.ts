/** The whole product on this machine: embedded far ends, and between them the same handlers that ship. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { queues, triggers, type HandlerName, type QueueName, type Trigger } from '../lambdas/triggers';
import type { Settings } from '../lambdas/core/settings';
import { call } from './aws-json';
import { startDynamoDb } from './dynamodb';
import { handlerEnvironment } from './handler-environment';
import { lambdaContext } from './lambda-context';
import { startPoller } from './poller';
import { SCHEDULE_GROUP, startScheduler, type Scheduled } from './scheduler';
import { startSchedules, type Schedule } from './schedules';
import { startSecrets } from './secrets';
import { startSes, type SesOptions } from './ses';
import type { SesEvent } from './ses-events';
import { startSite } from './site';
import { startSqs, type Sqs } from './sqs';
import { startSts } from './sts';

export interface MachineOptions {
  /** Where all data lies: the database, the keys, and every mail as a file. */
  folder: string;
  /** newsletter.json as it was read (newsletter.ts); the site's address is this machine's. */
  newsletter: Settings;
  /** 0 for any free port. */
  sitePort: number;
  inboxPort: number;
  /** Whether editions and imports run when they are due. */
  schedules: boolean;
  /** Whose messages open their handlers here, if not all; the others are left to other processes. */
  queues?: readonly QueueName[];
  /** Keeps the tables in memory instead of in the folder. */
  inMemory?: boolean;
  /** Who runs the handlers, if not this process. */
  run?: Run;
  /** SES's limits, faults, and who hears its events instead of the queue. */
  ses?: Pick<SesOptions, 'rate' | 'quota' | 'fault' | 'report' | 'account'>;
}

export interface Machine {
  /** Addresses without a slash at the end. */
  site: string;
  inbox: string;
  /** Where the mails lie (local/mailbox.ts). */
  mails: string;
  /** The environment that the handlers have. */
  environment: Record<string, string>;
  /** Runs a handler once with an event, as its schedule would. */
  invoke(handler: HandlerName, event: object): Promise<unknown>;
  /** Resolves when no queue that is worked here has a message left. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** Hands a handler an event and answers what it answers. */
export type Run = (name: HandlerName, event: unknown, context: unknown) => Promise<unknown>;

export async function startMachine(options: MachineOptions): Promise<Machine> {
  const { folder, newsletter } = options;
  const mails = join(folder, 'mails');
  const { run = fromSource } = options;
  await mkdir(folder, { recursive: true });
  const closing: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closing.splice(0).toReversed()) await end();
  };
  const started = <End extends { close(): Promise<void> | void }>(end: End): End => {
    closing.push(() => end.close());
    return end;
  };
  try {
    const sqs = started(await startSqs());
    const ses = started(
      await startSes({
        folder: mails,
        port: options.inboxPort,
        report: (events) => put(sqs, 'feedback', events),
        ...options.ses,
      }),
    );
    const secrets = started(await startSecrets({ file: join(folder, 'keys.json') }));
    const site = started(await startSite({ port: options.sitePort, routes: webRoutes(run) }));
    const tables = options.inMemory ? {} : { folder: join(folder, 'tables') };
    const dynamodb = started(await startDynamoDb(tables));
    const invoke = invoking(run);
    const schedules = dueRuns(newsletter, invoke);
    const scheduler = started(await startScheduler({ schedules, enabled: options.schedules }));
    const sts = started(await startSts());
    const environment = {
      ...handlerEnvironment({
        dynamodb: dynamodb.url,
        ses: ses.url,
        secrets: secrets.url,
        keysSecret: secrets.secretId,
        sqs,
        newsletter: JSON.stringify({ ...newsletter, site: site.url }),
      }),
      AWS_ENDPOINT_URL_SCHEDULER: scheduler.url,
      AWS_ENDPOINT_URL_STS: sts.url,
      SCHEDULE_GROUP,
    };
    Object.assign(process.env, environment);
    const pollers = queueTriggers(options.queues).map(([name, { queue, batchSize }]) =>
      started(
        startPoller({
          sqsUrl: sqs.url,
          queueUrl: sqs.queueUrls[queue],
          queue,
          batchSize,
          visibilityTimeout: queues[queue].visibilityTimeout,
          handle: running(run, name) as Parameters<typeof startPoller>[0]['handle'],
        }),
      ),
    );
    if (options.schedules) started(startSchedules(schedules));
    return {
      site: site.url,
      inbox: ses.url,
      mails,
      environment,
      invoke,
      idle: async () => void (await Promise.all(pollers.map((poller) => poller.idle()))),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** As EventBridge does with SES's events: each becomes a message. */
async function put(sqs: Sqs, queue: QueueName, events: SesEvent[]): Promise<void> {
  const Entries = events.map((event, n) => ({ Id: String(n), MessageBody: JSON.stringify(event) }));
  await call(sqs.url, 'AmazonSQS.SendMessageBatch', { QueueUrl: sqs.queueUrls[queue], Entries }, z.unknown());
}

const entries = Object.entries(triggers) as [HandlerName, Trigger][];

/** Loaded at its first event: as on Lambda, and only then is the environment complete. */
const fromSource: Run = async (name, event, context) => {
  const { handler } = (await import(`../lambdas/${name}`)) as { handler: Handler };
  return handler(event, context);
};

const running =
  (run: Run, name: HandlerName): Handler =>
  (event, context) =>
    run(name, event, context);

/** Events go through JSON, as they do on AWS. */
const invoking =
  (run: Run): Machine['invoke'] =>
  (name, event) =>
    run(name, JSON.parse(JSON.stringify(event)), lambdaContext(name, 300));

type WebHandler = Parameters<typeof startSite>[0]['routes'][string];

const webRoutes = (run: Run): Record<string, WebHandler> =>
  Object.fromEntries(
    entries.flatMap(([name, trigger]) =>
      trigger.kind === 'web'
        ? trigger.paths.map((path) => [path, running(run, name) as WebHandler] as const)
        : [],
    ),
  );

const queueTriggers = (
  chosen = Object.keys(queues) as readonly QueueName[],
): [HandlerName, { queue: QueueName; batchSize: number }][] =>
  entries.flatMap(([name, trigger]) =>
    trigger.kind === 'queue' && chosen.includes(trigger.queue) ? [[name, trigger]] : [],
  );

/** The handlers with a schedule of their own, and those of the cadences in newsletter.json. */
function dueRuns({ timeZone, cadences }: Settings, invoke: Machine['invoke']): (Schedule & Scheduled)[] {
  return entries.flatMap(([handler, trigger]) => {
    const due = (name: string, cron: string, input: Record<string, string>) => ({
      name,
      handler,
      cron,
      timeZone,
      input,
      run: async (at: Date) => void (await invoke(handler, { ...input, scheduledTime: at.toISOString() })),
    });
    if (trigger.kind === 'schedule') return [due(handler, trigger.cron, {})];
    if (trigger.kind !== 'cadences') return [];
    return Object.entries(cadences).map(([cadence, { cron }]) =>
      due(`${handler}-${cadence}`, cron, { cadence }),
    );
  });
}
