/** Daily, and before a build: papers from every source into the table. A source that fails costs its own papers only. */
import * as z from 'zod';
import { settings } from './aws/environment';
import { scheduled } from './aws/events';
import { log, logFault } from './aws/log';
import * as papers from './aws/papers';
import { weekOf, type Period, type Week } from './core/calendar';
import type { Paper } from './core/paper';
import { fetchFile } from './sources/file';

const Run = z.object({
  /** Only papers listed then; without it, all that the sources have. */
  period: z.object({ from: z.iso.date(), to: z.iso.date() }).optional(),
});

export interface Ingested {
  papers: number;
  /** The newest ISO week that any of them was listed in. */
  newestWeek?: Week | undefined;
  problems: { where: string; reason: string }[];
}

/** Saves at a time; more would only wait for each other. */
const AT_ONCE = 25;

export const handler = scheduled(Run, async ({ period }): Promise<Ingested> => {
  const ingested: Ingested = { papers: 0, problems: [] };
  for (const { kind, path } of settings().sources) {
    try {
      const read = await fetchFile(path, new Date());
      const wanted = read.papers.filter((paper) => !period || isListed(paper, period));
      await keep(wanted);
      ingested.papers += wanted.length;
      ingested.newestWeek = newest([ingested.newestWeek, ...wanted.map(({ listedOn }) => weekOf(listedOn))]);
      ingested.problems.push(...read.problems);
    } catch (error) {
      logFault('source.failed', error, { kind });
      ingested.problems.push({ where: path, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  for (const { where, reason } of ingested.problems) log('paper.unreadable', { where, reason }, 'WARN');
  log('papers.ingested', { papers: ingested.papers, problems: ingested.problems.length });
  return ingested;
});

const isListed = ({ listedOn }: Paper, { from, to }: Period): boolean => listedOn >= from && listedOn <= to;

async function keep(read: readonly Paper[]): Promise<void> {
  for (let n = 0; n < read.length; n += AT_ONCE)
    await Promise.all(read.slice(n, n + AT_ONCE).map(papers.save));
}

/** ISO weeks sort as text. */
const newest = (weeks: (Week | undefined)[]): Week | undefined =>
  weeks.reduce((last, week) => ((week ?? '') > (last ?? '') ? week : last), undefined);
