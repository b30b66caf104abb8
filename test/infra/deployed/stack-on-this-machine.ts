/** The stack on this machine: its own bundles, each in a process with its own environment and rights, and the far ends. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../../../lambdas/core/settings';
import { tables, type TableName } from '../../../lambdas/aws/tables';
import { queues, type HandlerName, type QueueName } from '../../../lambdas/triggers';
import { tableName } from '../../../local/dynamodb';
import type { FarEnd } from '../../../local/far-end';
import { startMachine, type Machine } from '../../../local/machine';
import type { SesOptions } from '../../../local/ses';
import { text } from '../template';
import { deployed, type Deployment } from './functions';
import { guard, services, type Gatekeeper } from './gatekeeper';
import { startProcesses } from './processes';

export interface StackOnThisMachine {
  machine: Machine;
  deployment: Deployment;
  gatekeeper: Gatekeeper;
  /** What the functions wrote. */
  lines: string[];
  close(): Promise<void>;
}

export async function startStack(
  newsletter: (site: string) => Settings,
  ses: Pick<SesOptions, 'fault'>,
): Promise<StackOnThisMachine> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-stack-'));
  const { NODE_OPTIONS: _, ...surroundings } = process.env;
  let deployment: Deployment | undefined;
  let endpoints: Record<string, string> = {};
  let names: ReadonlyMap<string, string> = new Map();
  const gatekeeper: Gatekeeper = {
    statementsOf: (caller) => deployment?.functions[caller as HandlerName]?.statements ?? [],
    allowed: new Set(),
    refused: new Set(),
  };
  const here = (value: unknown): string => {
    if (typeof value === 'string') return value;
    const found = [...names].find(([, name]) => name === text(value))?.[0];
    if (found === undefined) throw new Error(`Nothing here stands for ${text(value)}`);
    // the SDK asks the host that a queue's address names, so it names the guard
    return found.startsWith('/') ? `${endpoints['AWS_ENDPOINT_URL_SQS']}${found}` : found;
  };
  const processes = startProcesses((name) => {
    const one = deployment?.functions[name];
    if (!one) throw new Error(`The stack has no function for ${name}`);
    const own = Object.entries(one.environment).map(([variable, value]) => [variable, here(value)]);
    return {
      file: one.file,
      seconds: one.seconds,
      environment: {
        PATH: surroundings['PATH'] ?? '',
        ...endpoints,
        ...Object.fromEntries(own),
        ...lambda(name),
      },
    };
  });
  const machine = await startMachine({
    folder,
    newsletter: newsletter('http://127.0.0.1'),
    sitePort: 0,
    inboxPort: 0,
    schedules: false,
    run: processes.run,
    ses,
  });
  names = namesOf(machine.environment);
  deployment = deployed(newsletter(machine.site), join(folder, 'cdk.out'));
  const guards = await guardsOf(machine.environment, names, gatekeeper);
  endpoints = Object.fromEntries(Object.entries(guards).map(([variable, { url }]) => [variable, url]));
  return {
    machine,
    deployment,
    gatekeeper,
    lines: processes.lines,
    async close() {
      await processes.close();
      for (const end of Object.values(guards)) await end.close();
      await machine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What Lambda itself tells a function; each signs its calls with a key named after it. */
const lambda = (name: HandlerName): Record<string, string> => ({
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: name,
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: 'local',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_LOG_LEVEL: 'INFO',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
});

/** What is called so here, by its name in the template. */
const namesOf = (environment: Record<string, string>): Map<string, string> =>
  new Map([
    ...(Object.keys(tables) as TableName[]).map((table) => [tableName(table), table] as const),
    ...(Object.keys(queues) as QueueName[]).flatMap((queue) => {
      const construct = `${queue.charAt(0).toUpperCase()}${queue.slice(1)}`;
      return [
        [pathOf(environment[`${queue.toUpperCase()}_QUEUE_URL`]), `${construct}Queue`],
        [pathOf(environment[`${queue.toUpperCase()}_DEAD_LETTERS_URL`]), `${construct}DeadLetters`],
      ] as const;
    }),
    [environment['KEYS_SECRET'] ?? '', 'KeysSecret'],
    [environment['CONFIGURATION_SET'] ?? '', 'MailRules'],
  ]);

const pathOf = (url = ''): string => new URL(url).pathname;

async function guardsOf(
  environment: Record<string, string>,
  names: ReadonlyMap<string, string>,
  gatekeeper: Gatekeeper,
): Promise<Record<string, FarEnd>> {
  const { dynamodb, sqs, ses, secrets } = services(names);
  const guarded = {
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_ENDPOINT_URL_SQS: sqs,
    AWS_ENDPOINT_URL_SES: ses,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets,
  };
  const guards: Record<string, FarEnd> = {};
  for (const [variable, service] of Object.entries(guarded))
    guards[variable] = await guard(environment[variable] ?? '', service, gatekeeper);
  return guards;
}
