/** `npm start -- --sources`: papers from the sources that the settings name, and what each of them said. */
import type { Ingested } from '../lambdas/ingest-papers';
import { addDays, weekOf, type Week } from '../lambdas/core/calendar';
import { plainText } from '../lambdas/core/text';
import type { Machine } from './machine';

/** @throws Error with a line for each source, where none gave a paper and there is none of an earlier day */
export async function ingestSources(machine: Machine, say: (line: string) => void): Promise<Ingested> {
  say('Getting papers from the sources in your settings. This can take a few minutes.');
  const ingested = await ingestQuietly(machine, {});
  const lines = sourceLines(ingested).map((line) => `  ${line}`);
  if (ingested.papers === 0 && !(await hasPapers(machine)))
    throw new Error(
      [
        'No papers came from the sources in your settings:',
        ...lines,
        'Check that this computer is online, or start without --sources to use the sample papers.',
      ].join('\n'),
    );
  for (const line of lines) say(line);
  return ingested;
}

/** What goes wrong is told by the answer: the log's lines of JSON would only bury it. */
export async function ingestQuietly(machine: Machine, event: object): Promise<Ingested> {
  const level = process.env[LEVEL];
  process.env[LEVEL] = 'FATAL';
  try {
    return (await machine.invoke('ingest-papers', event)) as Ingested;
  } finally {
    if (level === undefined) delete process.env[LEVEL];
    else process.env[LEVEL] = level;
  }
}

const LEVEL = 'AWS_LAMBDA_LOG_LEVEL';

/** The newest week's, as programs get them. */
async function hasPapers({ site }: Machine): Promise<boolean> {
  const answer = await fetch(site, { headers: { accept: 'application/json' } });
  const { total } = (await answer.json()) as { total: number };
  return total > 0;
}

/** The newest week, or the one before while it isn't over: sites have that one too, and its edition is due already. */
export function weekToShow({ newestWeek, sources }: Ingested, now: Date): Week | undefined {
  const today = now.toISOString().slice(0, 10);
  const isOver = newestWeek === undefined || newestWeek < weekOf(today);
  const isLive = sources.some(({ kind, papers }) => kind !== 'file' && papers > 0);
  return isOver || !isLive ? newestWeek : weekOf(addDays(today, -7));
}

/** "hugging-face: 212 papers", with what could not be had or read below it. */
export function sourceLines({ sources, problems }: Ingested): string[] {
  const lines = sources.map(
    ({ kind, papers, failed }) =>
      `${kind}: ${papers} ${papers === 1 ? 'paper' : 'papers'}${failed ? ', and not everything could be fetched' : ''}`,
  );
  return [...lines, ...problemLines(problems, MOST_LINES)];
}

const MOST_LINES = 20;

/** "Skipped line 12: title is missing"; what could not be read at all says so itself. */
export function problemLines(problems: Ingested['problems'], most: number): string[] {
  const lines = problems
    .slice(0, most)
    .map(({ where, reason }) =>
      plainText(reason.startsWith("Can't ") ? reason : `Skipped ${where}: ${reason}`),
    );
  const more = problems.length - lines.length;
  return more > 0 ? [...lines, `… and ${more} more`] : lines;
}
