/** `npm start`: the whole product on this machine; with `--once` the unattended journey. */
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { periodOfWeek } from '../lambdas/core/calendar';
import { nextEditions } from '../lambdas/core/due';
import type { Settings } from '../lambdas/core/settings';
import { openSettings } from '../settings/file';
import { nextEditionLine } from '../templates/schedule-words';
import { demo } from './demo';
import { diskProblem } from './disk';
import { SAMPLE } from './journey';
import { ingestSources, weekToShow } from './live-papers';
import { type Machine, startMachine } from './machine';
import { localNewsletter, ownNewsletter } from './newsletter';
import { runOnce } from './once';
import { claimFolder } from './running';
import { readOptions } from './usage';

const ROOT = join(__dirname, '..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Choices {
  once: boolean;
  /** A file; undefined for the sources of the settings. */
  papers: string | undefined;
  week: string | undefined;
  folder: string;
  port: number;
  inboxPort: number;
}

function choices(): Choices {
  const values = readOptions({
    once: { type: 'boolean', default: false },
    papers: { type: 'string' },
    sources: { type: 'boolean', default: false },
    week: { type: 'string' },
    data: { type: 'string' },
    port: { type: 'string', default: '4400' },
    'inbox-port': { type: 'string' },
  });
  const { once, papers, sources, week, data } = values;
  if (papers && sources) throw new Error('--papers and --sources exclude each other: choose one of them');
  if (!once && (papers || week))
    throw new Error('--papers and --week work only with --once: npm start -- --once --papers FILE');
  if (week) periodOfWeek(week);
  const port = portOf('--port', values.port);
  return {
    once,
    week,
    papers: sources ? undefined : papers ? resolve(papers) : SAMPLE,
    folder: resolve(data ?? join(ROOT, '.paperboy', once ? 'once' : sources ? 'sources' : 'data')),
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

async function serve({ folder, papers, port, inboxPort }: Choices): Promise<void> {
  const { file, isExample, settings } = openSettings();
  const newsletter = papers ? await localNewsletter([papers], {}, settings) : await ownNewsletter(settings);
  const release = await claimFolder(folder);
  const note = join(folder, 'machine.json'); // how `npm run paperboy -- … --local` finds us
  const leave = async (): Promise<void> => {
    await rm(note, { force: true });
    await release();
  };
  const stop = stopper(leave);
  const machine = await startMachine({
    folder,
    newsletter,
    sitePort: port,
    inboxPort,
    schedules: true,
  }).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  await writeFile(note, JSON.stringify(machine.environment, null, 2));
  await machine.invoke('settle-edition', { queuesWereLost: true }); // the queues ended with the process before
  await fillFirst(machine, papers, settings).catch(async (error: unknown) => {
    await machine.close();
    await leave();
    throw error;
  });
  stop.gracefully(() => machine.close());
  say(`Paperboy runs on this machine. No mail leaves it; Ctrl-C stops it.\n`);
  say(`  site      ${machine.site}\n  inbox     ${machine.inbox}\n  data      ${folder}`);
  say(`  settings  ${file}${isExample ? ' (copy it to newsletter.json for your own)' : ''}\n`);
  for (const next of nextEditions(newsletter.cadences, newsletter.timeZone, new Date()))
    say(`  ${nextEditionLine(next)}`);
}

/** A first digest, of the sample or of what the sources have. */
async function fillFirst(machine: Machine, papers: string | undefined, settings: Settings): Promise<void> {
  if (papers === undefined) return demo(machine, weekToShow(await ingestSources(machine, say), new Date()));
  say(replacedSources(settings));
  return demo(machine);
}

/** The settings name sources, and here they are not asked: that nobody would guess. */
function replacedSources({ sources }: Settings): string {
  const kinds = sources.map(({ kind }) => kind).join(', ');
  const named = kinds && `, not from the sources in your settings (${kinds})`;
  return `Papers come from the sample${named}. To use the sources: npm start -- --sources\n`;
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
  if (!chosen.once) return serve(chosen).catch(ended);
  if (!(await runOnce(chosen, say).catch(ended))) process.exitCode = 1;
}

main().catch((error: unknown) => failed(error));
