/** The senders of the soak: child processes, each behind proxies of its own, killed, stalled, and started again. */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { FarEnd } from '../local/far-end';
import type { Chance } from './chance';
import { asked, dynamoDbFault, pause } from './faults-dynamodb';
import { workOf, type Kills, type Victim } from './faults-kills';
import { startProxy, type Call, type Reaction } from './faults-proxy';
import { subscriberOf } from './faults-ses';
import { CLOCK_MS, STALL_MS } from './soak-times';

export interface Sender extends Victim {
  /** Stops it for longer than its leases hold, then lets it go on as if nothing had been. */
  stall(): Promise<void>;
  close(): Promise<void>;
}

export interface Surroundings {
  /** What the handlers have; the far ends of DynamoDB and SES get a proxy for each sender. */
  environment: Record<string, string>;
  chance: Chance;
  kills: Kills;
  /** What SES does with a call. */
  ses: (call: Call) => Promise<Reaction>;
  /** Of a hundred calls to DynamoDB, how many meet a fault. */
  percent: number;
  met: (fault: string) => void;
  /** Hears of every write that DynamoDB took. */
  wrote: (call: Call) => void;
  /** Hears by their ids which events were settled. */
  handled: (ids: readonly string[]) => void;
}

export async function startSender(around: Surroundings): Promise<Sender> {
  const { environment: env, chance, kills, met } = around;
  let child: ChildProcess;
  let closing = false;
  const victim: Victim = { kill: () => void child.kill('SIGKILL') };
  const none = { none: true } as const;

  const dynamodb = await startProxy(env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '', async (call) => {
    const what = asked(call);
    const work = workOf(call, what);
    if (work && kills.reached(`before ${work}`, victim)) return none;
    const reaction = await dynamoDbFault(call, what, around);
    if ('status' in reaction && reaction.status === 200) around.wrote(call);
    return work && kills.reached(`after ${work}`, victim) ? none : reaction;
  });
  const ses = await startProxy(env['AWS_ENDPOINT_URL_SES'] ?? '', async (call) => {
    if (!subscriberOf(call)) return around.ses(call);
    kills.progressed();
    if (kills.reached('before SES', victim)) return none;
    const reaction = await around.ses(call);
    return kills.reached('after SES', victim) ? none : reaction;
  });

  const start = (): void => {
    child = fork(join(__dirname, 'soak-sender.ts'), {
      env: {
        ...process.env,
        ...env,
        AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
        AWS_ENDPOINT_URL_SES: ses.url,
        AWS_LAMBDA_LOG_LEVEL: process.env['SOAK_LOG_LEVEL'] ?? 'FATAL',
        SOAK_CLOCK: String(Math.round(chance.between(-CLOCK_MS, CLOCK_MS))),
      },
      execArgv: ['--import', 'tsx'],
      stdio: process.env['SOAK_LOG_LEVEL'] ? 'inherit' : ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (ids) => around.handled(ids as string[]));
    child.on('exit', (code) => {
      if (closing) return;
      if (code !== null) met(`sender ended with ${code}`);
      start();
    });
  };
  start();
  return {
    ...victim,
    async stall() {
      child.kill('SIGSTOP');
      const stalled = child;
      await pause(STALL_MS);
      stalled.kill('SIGCONT');
    },
    async close() {
      closing = true;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
      await closeAll(dynamodb, ses);
    },
  };
}

const closeAll = async (...ends: FarEnd[]): Promise<void> => {
  await Promise.all(ends.map((end) => end.close()));
};
