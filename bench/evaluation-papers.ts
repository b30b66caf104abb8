/** The papers that rankings and searches are measured with: as the source reads them, and what they are about. */
import * as z from 'zod';
import { addDays, type Day, type Period } from '../lambdas/core/calendar';
import type { Paper } from '../lambdas/core/paper';
import { readEntry } from '../lambdas/sources/hugging-face';
import { entriesOf, useless, type Named } from './files';

/** What a paper is about says whoever wrote its keywords; rankings and searches don't see them. */
export interface Judged {
  paper: Paper;
  keywords: readonly string[];
}

const Keywords = z.object({ paper: z.object({ ai_keywords: z.array(z.string()).default([]).catch([]) }) });

/** By day and id; entries that cannot be read are left out and counted. */
export function readJudged(named: Named): Judged[] {
  const entries = entriesOf(named);
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
  if (judged.length === 0) throw useless(named, 'none of its entries is a paper as Hugging Face lists it');
  console.log(`  ${judged.length} of ${entries.length} papers read from ${named.file}`);
  return judged.toSorted((a, b) => compare(a.paper.listedOn, b.paper.listedOn) || byId(a.paper, b.paper));
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

/** Papers that 20 weeks must have to be of use. */
const FEWEST = 20;

/**
 * The 20 weeks from Monday 2 June 2025; for papers of other times the 20 that start with the first Monday after 40 % of
 * the time that they span, or, where that is an empty time, the 20 that end with the newest paper.
 */
export function weeksFor(papers: readonly Paper[]): Period[] {
  const days = papers.map(({ listedOn }) => listedOn).toSorted();
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const span = (Date.parse(last) - Date.parse(first)) / 86_400_000;
  const papersIn = (weeks: readonly Period[]): number =>
    papers.filter((one) => weeks.some((week) => isIn(week)(one))).length;
  const usual = weeksFrom('2025-06-02');
  if (papersIn(usual) > 0) return usual;
  const middle = weeksFrom(mondayFrom(addDays(first, Math.round(span * 0.4))));
  return papersIn(middle) >= FEWEST ? middle : weeksFrom(mondayFrom(addDays(last, 1 - 7 * WEEKS)));
}

/** The first Monday on or after a day. */
const mondayFrom = (day: Day): Day => addDays(day, (8 - new Date(day).getUTCDay()) % 7);

const weeksFrom = (monday: Day): Period[] =>
  Array.from({ length: WEEKS }, (_, n) => ({ from: addDays(monday, 7 * n), to: addDays(monday, 7 * n + 6) }));

export const isIn =
  ({ from, to }: Period) =>
  ({ listedOn }: Paper): boolean =>
    listedOn >= from && listedOn <= to;
