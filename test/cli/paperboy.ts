/** The operator's command line, run as the operator runs it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { World } from '../world';

export const ROOT = join(__dirname, '..', '..');

export interface Ran {
  code: number;
  out: string;
  err: string;
}

export const paperboy = (world: World, ...words: string[]): Promise<Ran> =>
  paperboyIn(ROOT, world.machine.environment, ...words);

declare const requireOnce: (path: string) => (source: string) => Promise<string>;

/** A command as one file (test/jest/bundle.js). */
export const bundled = (source: string): Promise<string> =>
  requireOnce(join(__dirname, '..', 'jest', 'bundle.js'))(source);

/** In a folder, whose newsletter.json counts; a variable that is undefined is not there. */
export async function paperboyIn(
  folder: string,
  environment: Record<string, string | undefined>,
  ...words: string[]
): Promise<Ran> {
  const command = await bundled('cli/paperboy.ts');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [command, ...words],
      { cwd: folder, env: { ...process.env, ...environment } },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}
