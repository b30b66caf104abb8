/** Papers from a file: JSON lines, or one JSON array as the Hugging Face API answers. */
import type { Paper } from '../core/paper';
import { reasonOf, type Problem } from './batch';
import { newestDay, readEntry } from './hugging-face';

export interface PaperFile {
  papers: Paper[];
  /** What could not be read: `where` is "line 12" or, in an array, "entry 12"; both count from 1. */
  problems: Problem[];
}

/** Reads what can be read, in order; of entries with one id the last counts. One bad entry costs only itself. */
export function readPaperFile(text: string, now: Date): PaperFile {
  const papers = new Map<string, Paper>();
  const problems: Problem[] = [];
  for (const { where, read, listDay } of entriesOf(text, now)) {
    try {
      const paper = readEntry(read(), now, listDay);
      papers.set(paper.paperId, paper);
    } catch (error) {
      problems.push({ where, reason: reasonOf(error) });
    }
  }
  return { papers: [...papers.values()], problems };
}

interface Entry {
  where: string;
  read: () => unknown;
  listDay?: string | undefined;
}

function entriesOf(text: string, now: Date): Entry[] {
  const trimmed = text.replace(/^\uFEFF/, '').trimEnd();
  if (trimmed.trimStart().startsWith('[')) return entriesOfArray(JSON.parse(trimmed), now);
  return trimmed
    .split('\n')
    .map((line, n) => ({ where: `line ${n + 1}`, read: (): unknown => JSON.parse(line), line }))
    .filter(({ line }) => line.trim() !== '');
}

/** One array is one answer of the API: one day's list. */
function entriesOfArray(whole: unknown, now: Date): Entry[] {
  const entries: unknown[] = Array.isArray(whole) ? whole : [whole];
  const listDay = newestDay(entries, now);
  return entries.map((entry, n) => ({ where: `entry ${n + 1}`, read: () => entry, listDay }));
}
