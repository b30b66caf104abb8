/** The papers that rankings and searches are measured with: as the source reads them, and what they are about. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { addDays, type Day, type Period } from '../lambdas/core/calendar';
import type { Paper } from '../lambdas/core/paper';
import { readEntry } from '../lambdas/sources/hugging-face';

/** What a paper is about says whoever wrote its keywords; rankings and searches don't see them. */
export interface Judged {
  paper: Paper;
  keywords: readonly string[];
}

const Keywords = z.object({ paper: z.object({ ai_keywords: z.array(z.string()).default([]).catch([]) }) });

/** JSON lines, or one JSON array; entries that cannot be read are left out and counted. */
export function readJudged(file: string): Judged[] {
  const text = textOf(file).trim();
  const entries: unknown[] = text.startsWith('[')
    ? (JSON.parse(text) as unknown[])
    : text.split('\n').map((line): unknown => JSON.parse(line));
  const now = new Date();
  const judged = entries.flatMap((entry) => {
    try {
      return [
        { paper: readEntry(entry, now), keywords: Keywords.parse(entry).paper.ai_keywords.map(folded) },
      ];
    } catch {
      return [];
    }
  });
  if (judged.length === 0) throw new Error(`${file} has no paper that can be read`);
  console.log(`  ${judged.length} of ${entries.length} papers read from ${file}`);
  return judged.toSorted((a, b) => compare(a.paper.listedOn, b.paper.listedOn) || byId(a.paper, b.paper));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`Can't read papers from ${file}; name a file of Hugging Face entries with --papers`, {
      cause,
    });
  }
}

/** Lower case, punctuation as spaces, without the s of plurals: how topics and keywords are compared. */
export const folded = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .map((word) => (/..[^s]s$/.test(word) ? word.slice(0, -1) : word))
    .join(' ');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byId = (a: Paper, b: Paper): number => compare(a.paperId, b.paperId);

/** Most upvotes first, ties by id. */
export const byUpvotes = (a: Paper, b: Paper): number => b.last.upvotes - a.last.upvotes || byId(a, b);

const WEEKS = 20;

/**
 * The 20 weeks from Monday 2 June 2025; for papers of other times the 20 that start with the first Monday after 40 % of
 * the time that they span.
 */
export function weeksFor(papers: readonly Paper[]): Period[] {
  const usual = weeksFrom('2025-06-02');
  const days = papers.map(({ listedOn }) => listedOn).toSorted();
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const isUsual = days.some((day) => day >= '2025-06-02' && day <= (usual.at(-1)?.to ?? ''));
  if (isUsual) return usual;
  const span = (Date.parse(last) - Date.parse(first)) / 86_400_000;
  const start = addDays(first, Math.round(span * 0.4));
  const monday = (8 - new Date(start).getUTCDay()) % 7;
  return weeksFrom(addDays(start, monday));
}

const weeksFrom = (monday: Day): Period[] =>
  Array.from({ length: WEEKS }, (_, n) => ({ from: addDays(monday, 7 * n), to: addDays(monday, 7 * n + 6) }));

export const isIn =
  ({ from, to }: Period) =>
  ({ listedOn }: Paper): boolean =>
    listedOn >= from && listedOn <= to;
