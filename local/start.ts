/** `npm start`: the whole product on this machine; with `--once` the unattended journey. */
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { periodOfWeek } from '../lambdas/core/calendar';
import { nextEditions } from '../lambdas/core/due';
import { nextEditionLine } from '../templates/schedule-words';
import { demo } from './demo';
import { SAMPLE } from './journey';
import { ingestSources, weekToShow } from './live-papers';
import { type Machine, startMachine } from './machine';
import { localNewsletter, newsletterHere, ownNewsletter } from './newsletter';
import { runOnce } from './once';
import { claimFolder } from './running';

const ROOT = join(__dirname, '..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Choices {
  once: boolean;
  /** A file; undefined for the sources of newsletter.json. */
  papers: string | undefined;
  week: string | undefined;
  folder: string;
  port: number;
  inboxPort: number;
}

function choices(): Choices {
  const { values } = parseArgs({
    options: {
      once: { type: 'boolean', default: false },
      papers: { type: 'string' },
      sources: { type: 'boolean', default: false },
      week: { type: 'string' },
      data: { type: 'string' },
      port: { type: 'string', default: '4400' },
      'inbox-port': { type: 'string' },
    },
  });
  const { once, papers, sources, week, data } = values;
  if (papers && sources) throw new Error('--papers and --sources exclude each other: choose one of them');
  if (!once && (papers || week))
    throw new Error('--papers and --week go with --once: npm start -- --once --papers FILE');
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
    throw new Error(`${option} needs a number from 0 to 65535, such as 4400`);
  return port;
}

async function serve({ folder, papers, port, inboxPort }: Choices): Promise<void> {
  const release = await claimFolder(folder);
  const newsletter = papers ? await localNewsletter([papers]) : await ownNewsletter();
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
  const note = join(folder, 'machine.json'); // how `npm run paperboy -- … --local` finds us
  await writeFile(note, JSON.stringify(machine.environment, null, 2));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      say('Stopping.');
      const closing = machine.close().then(() => rm(note, { force: true }));
      void closing.then(release).then(() => process.exit(0), failed);
    });
  }
  await machine.invoke('settle-edition', { queuesWereLost: true }); // the queues ended with the process before
  await fillFirst(machine, papers).catch(async (error: unknown) => {
    await machine.close();
    await rm(note, { force: true });
    await release();
    throw error;
  });
  say(`Paperboy runs on this machine. No mail leaves it; Ctrl-C stops it.\n`);
  say(`  site   ${machine.site}\n  inbox  ${machine.inbox}\n  data   ${folder}\n`);
  for (const next of nextEditions(newsletter.cadences, newsletter.timeZone, new Date()))
    say(`  ${nextEditionLine(next)}`);
}

/** A first digest, of the sample or of what the sources have. */
async function fillFirst(machine: Machine, papers: string | undefined): Promise<void> {
  if (papers) {
    say(await replacedSources());
    return demo(machine);
  }
  return demo(machine, weekToShow(await ingestSources(machine, say), new Date()));
}

/** The settings name sources, and here they are not asked: that nobody would guess. */
async function replacedSources(): Promise<string> {
  const kinds = (await newsletterHere()).sources.map(({ kind }) => kind);
  const named = kinds.length ? `, not from newsletter.json's sources (${kinds.join(', ')})` : '';
  return `Papers come from the sample${named}. To use the sources: npm start -- --sources\n`;
}

/** A sentence and the reasons behind it; a stack trace helps nobody who starts a program. */
function failed(error: unknown): never {
  const lines = [];
  for (let at = error; at instanceof Error; at = at.cause) lines.push(at.message);
  process.stderr.write(`${lines.join('\n  because: ') || String(error)}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const chosen = choices();
  if (!chosen.once) return serve(chosen);
  if (!(await runOnce(chosen, say))) process.exitCode = 1;
}

main().catch(failed);
