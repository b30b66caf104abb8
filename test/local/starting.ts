/** `npm start` in a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { bundled, ROOT } from '../cli/paperboy';

export interface Run {
  process: ChildProcess;
  /** Resolves with what it said so far, once that holds a text; rejects when it ends without. */
  says: (text: string) => Promise<string>;
  ended: Promise<{ code: number | null; said: string }>;
}

/** As one file, in a folder without settings of anybody's own. */
export async function start(...words: string[]): Promise<Run> {
  const child = spawn(process.execPath, [await bundled('local/start.ts'), ...words], {
    cwd: join(ROOT, 'local'),
  });
  let said = '';
  const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, said })),
  );
  const says = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = () => void (said.includes(text) && resolve(said));
      child.stdout.on('data', look);
      void ended.then(() => reject(new Error(`it ended: ${said}`)));
      look();
    });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { process: child, says, ended };
}
