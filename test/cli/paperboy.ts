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

export function paperboy(world: World, ...words: string[]): Promise<Ran> {
  const env = { ...process.env, ...world.machine.environment };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'cli/paperboy.ts', ...words],
      { cwd: ROOT, env },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}
