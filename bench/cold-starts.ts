/** `node --import tsx bench/cold-starts.ts`, part of `npm run check`: what a page's first visitor waits for stays small. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HandlerName, type Trigger, triggers } from '../lambdas/triggers';
import { bareClientsOf, bundleOf } from './bundles';
import { ratio } from './measure';

/** Bytes of a web handler's bundle. */
const LARGEST = 600_000;
/**
 * The most that loading a handler may take of what loading its bare SDK clients takes; what was done for it, and what was
 * tried, stands in docs/decisions/0023-cold-starts.md.
 */
const SLOWEST = 1.2;
const ROUNDS = 9;
/** Whoever is over once, on a machine that did something else, is measured again. */
const ATTEMPTS = 3;

interface Found {
  handler: HandlerName;
  bytes: number;
  /** Processor time of loading it, in milliseconds, and how often the bare clients' that is. */
  milliseconds: number;
  times: number;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bundles-'));
  try {
    const web = (Object.entries(triggers) as [HandlerName, Trigger][]).filter(
      ([, { kind }]) => kind === 'web',
    );
    const found: Found[] = [];
    for (const [handler] of web) found.push(await measure(handler, folder));
    for (const one of found) console.log(lineOf(one));
    const over = found.filter(isOver);
    if (!over.length) return;
    const names = over.map(({ handler }) => handler).join(', ');
    console.error(
      `Over the budget: ${names}. What is in a bundle shows esbuild's --analyze; what loading it takes, node --cpu-prof.`,
    );
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(handler: HandlerName, folder: string): Promise<Found> {
  const bundled = await bundleOf(handler, folder);
  const files = [bundled.file, await bareClientsOf(bundled)];
  for (let attempt = 1; ; attempt++) {
    const found = { handler, bytes: bundled.bytes, ...compared(files) };
    if (attempt === ATTEMPTS || found.times <= SLOWEST) return found;
  }
}

/** In turns, so that a busy moment meets both; of each the median. */
function compared([ours = '', bare = '']: string[]): Pick<Found, 'milliseconds' | 'times'> {
  const rounds = Array.from({ length: ROUNDS }, () => ({ ours: loading(ours), bare: loading(bare) }));
  const median = (of: 'ours' | 'bare') => ratio(rounds.map((round) => round[of])).median;
  return { milliseconds: median('ours'), times: median('ours') / median('bare') };
}

const LOAD = `const before = process.cpuUsage();
require(process.argv[1]);
const { user, system } = process.cpuUsage(before);
require('node:fs').writeSync(1, String((user + system) / 1000));
process.exit();`;

/** Milliseconds of processor time, after Node's own start, in a process that has nothing but what Lambda gives it. */
function loading(file: string): number {
  const env = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  return Number(execFileSync(process.execPath, ['-e', LOAD, file], { env, encoding: 'utf8' }));
}

const isOver = ({ bytes, times }: Found): boolean => bytes > LARGEST || times > SLOWEST;

const lineOf = ({ handler, bytes, milliseconds, times }: Found): string =>
  `${handler.padEnd(12)} ${Math.round(bytes / 1000)} of ${LARGEST / 1000} KB, loaded in ${milliseconds.toFixed(0)} ms: ${times.toFixed(2)} (at most ${SLOWEST}) times its bare clients`;

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
