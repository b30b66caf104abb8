/** What a source hands over at a time: the papers of one answer, and what was wrong with the rest of it. */
import type { Paper } from '../core/paper';
import { plainText } from '../core/text';

export interface Problem {
  /** Such as "line 12" of a file, or "arXiv feed, entry 3". */
  where: string;
  reason: string;
}

export interface Batch {
  where: string;
  papers: Paper[];
  /** Entries that could not be read; each cost only itself. */
  problems: Problem[];
  /** The ids of papers that don't say when they were listed: the first day that was assumed stays. */
  undated?: ReadonlySet<string>;
  /** Why the answer could not be had or read at all. */
  failed?: Error;
}

/** Reads each entry by itself, in order; `read` answers undefined for one that isn't wanted. */
export function readEach(
  where: string,
  entries: readonly unknown[],
  read: (entry: unknown) => Paper | undefined,
): Batch {
  const papers = new Map<string, Paper>();
  const problems: Problem[] = [];
  for (const [n, entry] of entries.entries()) {
    try {
      const paper = read(entry);
      if (!paper) continue;
      if (papers.has(paper.paperId)) throw new Error(`the id ${paper.paperId} is that of an entry before`);
      papers.set(paper.paperId, paper);
    } catch (error) {
      problems.push({ where: `${where}, entry ${n + 1}`, reason: reasonOf(error) });
    }
  }
  return { where, papers: [...papers.values()], problems };
}

export const failure = (where: string, fault: unknown): Batch => ({
  where,
  papers: [],
  problems: [],
  failed: fault instanceof Error ? fault : new Error(String(fault)),
});

/** An error's words and those of its causes, in a line that is safe to print: they may repeat what came from outside. */
export function reasonOf(fault: unknown): string {
  const words = [];
  for (let at = fault; at instanceof Error; at = at.cause) words.push(at.message);
  return plainText(words.join(': ') || String(fault)).slice(0, 300);
}
