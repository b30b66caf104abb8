/** `npm start -- --sources`: papers from the sources that newsletter.json names, and what each of them said. */
import type { Ingested } from '../lambdas/ingest-papers';
import { plainText } from '../lambdas/core/text';
import type { Machine } from './machine';

/** @throws Error with a line for each source, where none gave a paper and there is none of an earlier day */
export async function ingestSources(machine: Machine, say: (line: string) => void): Promise<Ingested> {
  say('Getting papers from the sources in newsletter.json. This can take a few minutes.');
  const ingested = (await machine.invoke('ingest-papers', {})) as Ingested;
  const lines = sourceLines(ingested).map((line) => `  ${line}`);
  if (ingested.papers === 0 && !(await hasPapers(machine)))
    throw new Error(`No papers came from the sources in newsletter.json:\n${lines.join('\n')}`);
  for (const line of lines) say(line);
  return ingested;
}

/** The newest week's, as programs get them. */
async function hasPapers({ site }: Machine): Promise<boolean> {
  const answer = await fetch(site, { headers: { accept: 'application/json' } });
  const { total } = (await answer.json()) as { total: number };
  return total > 0;
}

/** "hugging-face: 212 papers", and what could not be had or read. */
export function sourceLines({ sources, problems }: Ingested): string[] {
  const lines = sources.map(({ kind, papers, failed }) =>
    papers === 0 && failed ? `${kind}: no papers` : `${kind}: ${papers} ${papers === 1 ? 'paper' : 'papers'}`,
  );
  const told = problems.slice(0, MOST_LINES).map(({ where, reason }) => plainText(`${where}: ${reason}`));
  const more = problems.length - told.length;
  return [...lines, ...told, ...(more > 0 ? [`… and ${more} more`] : [])];
}

const MOST_LINES = 20;
