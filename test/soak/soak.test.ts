/** The soak, short: senders killed and far ends failing, judged by SES's own record, with three seeds. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(__dirname, '..', '..');

/** The run's last line; where a promise was broken all of its lines are in the error. */
async function soak(...options: string[]): Promise<Record<string, unknown>> {
  const args = ['--import', 'tsx', 'bench/soak.ts', ...options];
  const { stdout } = await run(process.execPath, args, { cwd: ROOT }).catch((cause: { stdout?: string }) => {
    throw new Error(`The soak ${options.join(' ')} broke a promise:\n${cause.stdout}`, { cause });
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
}

test('however senders die and far ends fail, every reader gets one mail and the books close', async () => {
  const verdicts = await Promise.all(
    [1, 2, 3].map((seed) =>
      soak('--readers', '120', '--kills', '3', '--seed', String(seed), '--seconds', '400'),
    ),
  );
  const kept = {
    readers: 120,
    kills: 3,
    duplicates: 0,
    missed: 0,
    afterUnsubscribe: 0,
    booksClosed: true,
    strangers: 0,
    contradictions: 0,
  };
  expect(verdicts).toEqual([1, 2, 3].map((seed) => expect.objectContaining({ ...kept, seed }) as object));
}, 480_000);
