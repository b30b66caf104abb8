/** The processes of a benchmark: each on a core of its own where `taskset` exists, asked questions one at a time. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

export interface Worker {
  /** Answers what the process answered; rejects with its fault, or when it ends before it answers. */
  ask(question: object): Promise<unknown>;
  end(): Promise<void>;
}

type Reply = { answer: unknown } | { fault: string };

export const canPin = spawnSync('taskset', ['--version']).status === 0;

/** Starts a file, TypeScript or not, on the core of this number. */
export function startWorker(file: string, core: number, environment: Record<string, string> = {}): Worker {
  const node = [process.execPath, ...(file.endsWith('.ts') ? ['--import', 'tsx'] : []), file];
  const [command = '', ...rest] = canPin ? ['taskset', '-c', String(core), ...node] : node;
  const child = spawn(command, rest, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...environment },
  });
  const ended = once(child, 'exit');
  return {
    async ask(question) {
      const reply = once(child, 'message');
      child.send(question);
      const [said] = (await Promise.race([reply, ended.then(() => [{ fault: `${file} ended` }])])) as [Reply];
      if ('fault' in said) throw new Error(`Can't measure: ${said.fault}`);
      return said.answer;
    },
    async end() {
      child.kill();
      await ended;
    },
  };
}

const reply = (said: Reply): void => void process.send?.(said);

/** The other side: a process answers every question of the shape its parent asks, until its parent is gone. */
export function answerQuestions(answer: (question: never) => Promise<unknown>): void {
  process.on('message', (question) => {
    answer(question as never).then(
      (found) => reply({ answer: found ?? null }),
      (error: unknown) => reply({ fault: error instanceof Error ? String(error.stack) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit());
}
