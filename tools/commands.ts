/**
 * `npm run commands`: runs every command that README, docs and package.json name (tools/commands/list.ts), each small, and
 * says which did not do what it says. Ends with 1 where one didn't.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alone, withInstance, type NamedCommand } from './commands/list';

const ROOT = join(__dirname, '..');
/** Milliseconds for one. */
const PATIENCE = 600_000;

async function main(): Promise<void> {
  const out = mkdtempSync(join(tmpdir(), 'paperboy-commands-'));
  writeFileSync(join(out, 'ids.txt'), `${'x'.repeat(24)}\n`); // whom nobody knows
  try {
    const failed = [...(await runAll(alone, out)), ...(await withLocalInstance(out))];
    if (failed.length > 0) throw new Error(`These failed: ${failed.join(', ')}`);
    console.log(`${alone.length + withInstance.length + 1} commands ran`);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

async function withLocalInstance(out: string): Promise<string[]> {
  const child = npm([
    'start',
    '--silent',
    '--',
    '--port',
    '0',
    '--inbox-port',
    '0',
    '--data',
    join(out, 'data'),
  ]);
  const ready = await said(child, /^ *data /m);
  const site = /site +(http:\S+)/.exec(ready)?.[1];
  const isUp = site !== undefined && (await fetch(site)).ok;
  const failed = isUp ? await runAll(withInstance, out) : ['start'];
  if (child.pid) process.kill(-child.pid, 'SIGINT');
  await new Promise((resolve) => child.once('close', resolve));
  return failed;
}

async function runAll(commands: readonly NamedCommand[], out: string): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, words, says, code = 0 } of commands) {
    const began = Date.now();
    const known = words.map((word) => word.replace('OUT', out).replace('DATA', join(out, 'data')));
    const ran = await ended(npm(known));
    const isRight = ran.code === code && says.test(ran.text);
    console.log(`${isRight ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    if (isRight) continue;
    failed.push(name);
    console.log(
      `  npm ${known.join(' ')} ended with ${ran.code}, and should with ${code}:\n${ran.text.slice(-3_000)}`,
    );
  }
  return failed;
}

/** In a group of processes of its own, and without anybody's AWS account. */
function npm(words: readonly string[]): ChildProcess {
  const ours = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  const env = { ...Object.fromEntries(ours), AWS_EC2_METADATA_DISABLED: 'true', HOME: tmpdir() };
  return spawn('npm', words, { cwd: ROOT, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function ended(child: ChildProcess): Promise<{ code: number; text: string }> {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const late = setTimeout(() => child.pid && process.kill(-child.pid), PATIENCE);
  const code = await new Promise<number>((resolve) => child.once('close', (given) => resolve(given ?? 1)));
  clearTimeout(late);
  return { code, text };
}

/** What it said up to then, or till it ended. */
function said(child: ChildProcess, until: RegExp): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (until.test(text)) resolve(text);
    });
    child.once('close', () => resolve(text));
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
