/** The functions as processes of their own, so that each has nothing but its own environment. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Run } from '../../../local/machine';
import type { HandlerName } from '../../../lambdas/triggers';

export interface Bundle {
  file: string;
  environment: Record<string, string>;
  seconds: number;
}

interface Answer {
  id: number;
  result?: unknown;
  error?: string;
}

type Waiting = Map<number, { resolve(result: unknown): void; reject(error: Error): void }>;

export interface Processes {
  run: Run;
  /** What the functions wrote of their own accord. */
  lines: string[];
  close(): Promise<void>;
}

/** Each starts at its first event, as on Lambda. */
export function startProcesses(bundleOf: (name: HandlerName) => Bundle): Processes {
  const known = new Map<HandlerName, { process: ChildProcess; waiting: Waiting }>();
  const lines: string[] = [];
  let id = 0;
  const start = (name: HandlerName, { file, environment }: Bundle) => {
    const waiting: Waiting = new Map();
    const child = fork(join(__dirname, 'run-bundle.cjs'), [file], {
      env: environment,
      execArgv: [],
      silent: true,
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => lines.push(`${name}: ${chunk.toString().trim()}`));
    child.on('message', ({ id: of, result, error }: Answer) => {
      const one = waiting.get(of);
      waiting.delete(of);
      if (error === undefined) one?.resolve(result);
      else one?.reject(new Error(`${name}: ${error}`));
    });
    child.on('exit', () => {
      for (const one of waiting.values()) one.reject(new Error(`${name} ended: ${lines.join('\n')}`));
    });
    const started = { process: child, waiting };
    known.set(name, started);
    return started;
  };
  return {
    lines,
    run: (name, event, context) => {
      const bundle = bundleOf(name);
      const { process: child, waiting } = known.get(name) ?? start(name, bundle);
      const number = ++id;
      return new Promise((resolve, reject) => {
        waiting.set(number, { resolve, reject });
        const until = Date.now() + bundle.seconds * 1_000;
        child.send({ id: number, event, context: JSON.parse(JSON.stringify(context)), until });
      });
    },
    async close() {
      for (const { process: child } of known.values()) {
        const ended = once(child, 'exit');
        child.disconnect();
        child.kill();
        await ended;
      }
    },
  };
}
