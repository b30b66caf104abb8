/** The operator's command line, run as the operator runs it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { World } from '../world';

export const ROOT = join(__dirname, '..', '..');

export interface Ran {
  code: number;
  out: string;
  err: string;
}

export const paperboy = (world: World, ...words: string[]): Promise<Ran> =>
  paperboyIn(ROOT, world.machine.environment, ...words);

/** In a folder, whose newsletter.json counts; a variable that is undefined is not there. */
export function paperboyIn(
  folder: string,
  environment: Record<string, string | undefined>,
  ...words: string[]
): Promise<Ran> {
  const tsx = pathToFileURL(require.resolve('tsx')).href;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', tsx, join(ROOT, 'cli', 'paperboy.ts'), ...words],
      { cwd: folder, env: { ...process.env, ...environment } },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}
