/** Papers from the sources into the table, batch by batch. A source that fails costs its own papers only. */
import { setTimeout as pause } from 'node:timers/promises';
import { settings } from '../aws/environment';
import type { TimeLeft } from '../aws/events';
import { log, logFault } from '../aws/log';
import * as papers from '../aws/papers';
import { weekOf, type Period, type Week } from '../core/calendar';
import type { Paper } from '../core/paper';
import type { Source } from '../core/settings';
import { sourceVotes } from '../core/votes';
import { reasonOf, type Batch, type Problem } from '../sources/batch';
import { withoutCopies } from './copies';
import { batchesOf } from './origins';

export interface Run {
  /** Only papers listed then; without it, what is new. */
  period?: Period | undefined;
  /** Only sources that people vote in: what they say changes for days. */
  only?: 'voted';
  timeLeft: TimeLeft;
}

export interface Ingested {
  /** Papers that were read, each once. */
  papers: number;
  /** The newest ISO week that any of them was listed in. */
  newestWeek?: Week | undefined;
  /** What could not be read or had: the first thousand. */
  problems: Problem[];
  sources: Counts[];
}

interface Counts {
  kind: Source['kind'];
  papers: number;
  problems: number;
  /** Answers that could not be had or read. */
  failed: number;
}

/** Saves at a time; more would only wait for each other. */
const AT_ONCE = 25;
/** Milliseconds kept back from the sources: the last answer is to be saved, and the run reported. */
const RESERVE = 5_000;
const MOST_PROBLEMS = 1_000;
const MOST_LINES = 100;

/** Throws only where papers can't be saved. */
export async function ingest({ period, only, timeLeft }: Run): Promise<Ingested> {
  const now = new Date();
  const chosen = settings().sources.filter(({ kind }) => only === undefined || sourceVotes[kind] === 'all');
  const ingested: Ingested = { papers: 0, problems: [], sources: [] };
  const ids = new Set<string>();
  const unique = withoutCopies();
  for (const [n, source] of votedFirst(chosen).entries()) {
    const counts: Counts = { kind: source.kind, papers: 0, problems: 0, failed: 0 };
    for await (const batch of batchesOf(source, period, now, mannerFor(chosen.length - n, timeLeft))) {
      const wanted = unique(batch.papers).filter((paper) => !period || isListed(paper, period));
      await keep(wanted, batch.undated);
      for (const { paperId } of wanted) ids.add(paperId);
      ingested.newestWeek = newest([ingested.newestWeek, ...wanted.map(({ listedOn }) => weekOf(listedOn))]);
      note(batch, source.kind, ingested);
      counts.papers += wanted.length;
      counts.problems += batch.problems.length;
      counts.failed += batch.failed ? 1 : 0;
    }
    ingested.sources.push(counts);
    log('source.ingested', { ...counts });
  }
  ingested.papers = ids.size;
  log('papers.ingested', { papers: ingested.papers, problems: ingested.problems.length });
  return ingested;
}

/** What people vote on goes first: it says more of a paper than its announcement does. */
const votedFirst = (sources: readonly Source[]): Source[] =>
  sources.toSorted((a, b) => Number(sourceVotes[a.kind] === 'none') - Number(sourceVotes[b.kind] === 'none'));

/** Each of the sources that are left may take an equal share of the time that is left. */
function mannerFor(sources: number, timeLeft: TimeLeft) {
  const others = timeLeft() - (timeLeft() - RESERVE) / sources;
  return { agent: `Paperboy (+${settings().site})`, timeLeft: () => timeLeft() - others, pause };
}

const isListed = ({ listedOn }: Paper, { from, to }: Period): boolean => listedOn >= from && listedOn <= to;

async function keep(read: readonly Paper[], undated?: ReadonlySet<string>): Promise<void> {
  for (let n = 0; n < read.length; n += AT_ONCE)
    await Promise.all(
      read.slice(n, n + AT_ONCE).map((paper) => papers.save(paper, undated?.has(paper.paperId))),
    );
}

/** ISO weeks sort as text. */
const newest = (weeks: (Week | undefined)[]): Week | undefined =>
  weeks.reduce((last, week) => ((week ?? '') > (last ?? '') ? week : last), undefined);

function note({ where, problems, failed }: Batch, kind: Source['kind'], { problems: all }: Ingested): void {
  for (const problem of problems) {
    if (all.length < MOST_LINES) log('paper.unreadable', { ...problem }, 'WARN');
    if (all.length < MOST_PROBLEMS) all.push(problem);
  }
  if (!failed) return;
  logFault('source.failed', failed, { kind, where });
  all.push({ where, reason: reasonOf(failed) });
}
