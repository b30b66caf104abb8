/** The soak: senders killed and far ends failing, judged by SES's own record. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(__dirname, '..', '..');

/** Its last line, for a seed; where a promise was broken all of its lines are in the error. */
export async function soak(
  seed: number,
  { readers, kills }: Record<'readers' | 'kills', number>,
): Promise<unknown> {
  const numbers = { readers, kills, seed, seconds: 400 };
  const words = Object.entries(numbers).flatMap(([name, number]) => [`--${name}`, String(number)]);
  const args = ['--import', 'tsx', 'bench/soak.ts', ...words];
  const { stdout } = await run(process.execPath, args, { cwd: ROOT }).catch((cause: { stdout?: string }) => {
    throw new Error(`The soak ${words.join(' ')} broke a promise:\n${cause.stdout}`, { cause });
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** What its verdict must hold. */
export const kept = {
  duplicates: 0,
  missed: 0,
  afterUnsubscribe: 0,
  booksClosed: true,
  strangers: 0,
  contradictions: 0,
};

/** Milliseconds for one of them. */
export const PATIENCE = 480_000;
