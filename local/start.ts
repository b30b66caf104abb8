/** `npm start`: the whole product on this machine; with `--once` the unattended journey. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { periodOfWeek } from '../lambdas/core/calendar';
import { demo } from './demo';
import { diskProblem } from './disk';
import { journey, SAMPLE } from './journey';
import { startMachine } from './machine';
import { localNewsletter } from './newsletter';
import { claimFolder } from './running';
import { openSettings } from '../settings/file';
import { readOptions } from './usage';

const ROOT = join(__dirname, '..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Choices {
  once: boolean;
  papers: string;
  week: string | undefined;
  folder: string;
  port: number;
  inboxPort: number;
}

function choices(): Choices {
  const values = readOptions({
    once: { type: 'boolean', default: false },
    papers: { type: 'string' },
    week: { type: 'string' },
    data: { type: 'string' },
    port: { type: 'string', default: '4400' },
    'inbox-port': { type: 'string' },
  });
  const { once, papers, week, data } = values;
  if (!once && (papers || week))
    throw new Error('--papers and --week work only with --once: npm start -- --once --papers FILE');
  if (week) periodOfWeek(week);
  const port = portOf('--port', values.port);
  return {
    once,
    week,
    papers: papers ? resolve(papers) : SAMPLE,
    folder: resolve(data ?? join(ROOT, '.paperboy', once ? 'once' : 'data')),
    port: once ? 0 : port,
    inboxPort: once ? 0 : portOf('--inbox-port', values['inbox-port'] ?? String(port + 1)),
  };
}

function portOf(option: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${option} must be a number from 0 to 65535, such as 4400, not "${text}"`);
  return port;
}

async function runOnce({ folder, papers, week }: Choices): Promise<void> {
  await readFile(papers).catch((cause: NodeJS.ErrnoException) => {
    const why = { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'you may not read it' };
    throw new Error(`Can't read the papers in ${papers}: ${why[cause.code as 'ENOENT'] ?? cause.message}`);
  });
  const release = await claimFolder(folder);
  await rm(join(folder, 'run'), { recursive: true, force: true });
  await mkdir(join(folder, 'run'), { recursive: true });
  const more = join(folder, 'run', 'more-papers.jsonl');
  await writeFile(more, '');
  const machine = await startMachine({
    folder: join(folder, 'run'),
    newsletter: await localNewsletter([papers, more]),
    sitePort: 0,
    inboxPort: 0,
    schedules: false,
  });
  try {
    const result = await journey(machine, { week, more }, (line) => say(`  ${line}`));
    const { delivered, confirmed, deliveredAfterUnsubscribe, deliveredToTheOther } = result;
    say(JSON.stringify(result));
    if (delivered !== confirmed || deliveredAfterUnsubscribe !== 0 || deliveredToTheOther !== 1)
      process.exitCode = 1;
  } finally {
    await machine.close();
    await release();
  }
}

async function serve({ folder, papers, port, inboxPort }: Choices): Promise<void> {
  const { file, isExample, settings } = openSettings();
  const release = await claimFolder(folder);
  const note = join(folder, 'machine.json'); // how `npm run paperboy -- … --local` finds us
  const stop = stopper(async () => {
    await rm(note, { force: true });
    await release();
  });
  const machine = await startMachine({
    folder,
    newsletter: await localNewsletter([papers], {}, settings),
    sitePort: port,
    inboxPort,
    schedules: true,
  }).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  await writeFile(note, JSON.stringify(machine.environment, null, 2));
  await machine.invoke('settle-edition', { queuesWereLost: true }); // the queues ended with the process before
  await demo(machine);
  stop.gracefully(() => machine.close());
  say(`Paperboy runs on this machine. Nothing leaves it; Ctrl-C stops it.\n`);
  say(`  site   ${machine.site}\n  inbox  ${machine.inbox}\n  data   ${folder}`);
  say(`  settings  ${file}${isExample ? ' (copy it to newsletter.json for your own)' : ''}\n`);
}

const nothing = async (): Promise<void> => {};

/** Until the start is complete, Ctrl-C ends at once: what is under way would fail one by one, and say so. */
function stopper(leave: () => Promise<void>) {
  let close = nothing;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      say('Stopping.');
      void close()
        .then(leave)
        .then(() => process.exit(0), failed);
    });
  }
  return { gracefully: (closing: () => Promise<void>) => void (close = closing) };
}

/** A sentence and the reasons behind it; a stack trace helps nobody who starts a program. */
function failed(error: unknown, folder = ''): never {
  const problem = diskProblem(error, folder);
  const lines: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) lines.push(at.message);
  process.stderr.write(`${problem ?? (lines.join('\n  because: ') || String(error))}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const chosen = choices();
  const ended = (error: unknown): never => failed(error, chosen.folder);
  // the embedded database throws where nobody can catch it, on a full disk for one
  process.on('uncaughtException', ended);
  await (chosen.once ? runOnce(chosen) : serve(chosen)).catch(ended);
}

main().catch((error: unknown) => failed(error));
