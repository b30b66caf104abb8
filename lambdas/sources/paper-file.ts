/** Papers from a file, in our own format, as Hugging Face's API answers, or as a reference manager exports them. */
import type { Day } from '../core/calendar';
import type { Paper } from '../core/paper';
import { plainText } from '../core/text';
import { reasonOf, type Problem } from './batch';
import type { Entry } from './files/entry';
import { entriesIn } from './files/format';
import { readOwnEntry } from './files/own-entry';
import { newestDay, readEntry } from './hugging-face';

export interface PaperFile {
  papers: Paper[];
  /** What could not be read: `where` is "line 12" or, in an array, "entry 12"; both count from 1. */
  problems: Problem[];
  /** The ids of papers whose entries don't say when they were listed. */
  undated: ReadonlySet<string>;
  /** Entries that had the id of an earlier one. */
  repeated: number;
}

export interface Reading {
  /** Its ending counts where the text itself doesn't tell its format. */
  path?: string;
  /** When papers are listed that don't say so, if not today. */
  listedOn?: Day | undefined;
}

/** Reads what can be read, in order; of entries with one id the last counts. One bad entry costs only itself. */
export function readPaperFile(text: string, now: Date, { path, listedOn }: Reading = {}): PaperFile {
  const { entries, isExport } = entriesIn(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'), path);
  const reading = { now, today: listedOn ?? now.toISOString().slice(0, 10), isExport };
  const listDay = listDayOf(entries, now);
  const papers = new Map<string, Paper>();
  const undated = new Set<string>();
  const problems: Problem[] = [];
  let repeated = 0;
  for (const { where, read } of entries) {
    try {
      const value = read();
      const { paper, isUndated } = isOfHuggingFace(value)
        ? { paper: readEntry(value, now, listDay, 'file'), isUndated: false }
        : readOwnEntry(value, reading);
      repeated += Number(papers.has(paper.paperId));
      papers.set(paper.paperId, paper);
      if (isUndated) undated.add(paper.paperId);
      else undated.delete(paper.paperId);
    } catch (error) {
      problems.push({ where: plainText(where), reason: reasonOf(error) });
    }
  }
  return { papers: [...papers.values()], problems, undated, repeated };
}

const isOfHuggingFace = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'paper' in value;

/** One array is one answer of the API: one day's list. Lines are of no one list. */
function listDayOf(entries: readonly Entry[], now: Date): Day | undefined {
  if (!entries[0]?.where.startsWith('entry')) return undefined;
  return newestDay(
    entries.map(({ read }) => read()),
    now,
  );
}
