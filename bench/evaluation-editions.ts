/** How well editions are chosen: the papers that end with most upvotes, none twice, and not many of one topic. */
import * as z from 'zod';
import { addDays, type Period } from '../lambdas/core/calendar';
import { titleKey, type Paper } from '../lambdas/core/paper';
import { candidatesFor, choose, rank, type Scored } from '../lambdas/core/ranking';
import { readEntry } from '../lambdas/sources/hugging-face';
import { isIn } from './evaluation-papers';
import { valueOf, type Named } from './files';
import { ratio } from './measure';

const PAPERS = 10;
const LATE_DAYS = 14;

const EarlyAndLate = z.array(
  z.object({
    id: z.string(),
    daily: z.iso.date(),
    capturedAt: z.iso.datetime({ offset: true }),
    upvotes_early: z.int(),
    upvotes_final: z.int(),
  }),
);

/** How many of the ten papers with most upvotes in the end are chosen from what was known early. */
export function evaluateEarlyChoice(named: Named): number {
  const wanted = 'an array of {id, daily, capturedAt, upvotes_early, upvotes_final}';
  const read = valueOf(named, EarlyAndLate, wanted);
  const early = read.map(({ id, daily, capturedAt, upvotes_early: upvotes }) =>
    readEntry(
      { paper: { id, title: id, summary: '', authors: [], upvotes }, _daily: daily, _capturedAt: capturedAt },
      new Date(),
    ),
  );
  const best = read
    .toSorted((a, b) => b.upvotes_final - a.upvotes_final || (a.id < b.id ? -1 : 1))
    .slice(0, PAPERS);
  const ids = new Set(best.map(({ id }) => id));
  return chosen(early).filter(({ paper }) => ids.has(paper.paperId)).length;
}

/** Papers that come twice in 20 weekly editions, one after the other. */
export function evaluateEditions(papers: readonly Paper[], weeks: readonly Period[]): number {
  const editions: Scored[][] = [];
  const carried: number[] = [];
  for (const week of weeks) {
    const edition = chosen(candidatesOf(week, papers, editions));
    carried.push(edition.filter(({ paper }) => paper.listedOn < week.from).length);
    editions.push(edition);
  }
  const spread = editions.filter(({ length }) => length > 0).map(spreadOf);
  const topics = ratio(spread.map(({ distinct }) => distinct));
  console.log(
    `  editions: ${topics.median} topics among ${PAPERS} papers (${topics.least} to ${topics.greatest}), ` +
      `at most ${Math.max(...spread.map(({ most }) => most))} papers of one; late risers ${carried.join(' ')}`,
  );
  const shown = editions.flat().map(({ paper }) => paper);
  return (
    shown.length -
    Math.min(
      ...[shown.map(({ paperId }) => paperId), shown.map(({ title }) => titleKey(title) ?? title)].map(
        distinct,
      ),
    )
  );
}

const chosen = (papers: readonly Paper[]): Scored[] =>
  choose(rank(papers), PAPERS).flatMap(({ scored, verdict }) => (verdict === 'in' ? [scored] : []));

/** What the week's edition could choose from on the Monday after it. */
function candidatesOf(week: Period, papers: readonly Paper[], earlier: readonly Scored[][]): Paper[] {
  const before = { from: addDays(week.from, -LATE_DAYS), to: addDays(week.from, -1) };
  return candidatesFor({
    cadence: 'weekly',
    listed: papers.filter(isIn(week)),
    carried: papers.filter(isIn(before)).map(later),
    earlier: earlier.map((edition, n) => {
      const from = addDays(week.from, 7 * (n - earlier.length));
      return {
        period: { from, to: addDays(from, 6) },
        cutoff: `${addDays(from, 7)}T07:00:00.000Z`,
        shown: edition.map(({ paper }) => paper.paperId),
      };
    }),
  });
}

/** The data have each paper as it was read once, so let a tenth of them rise late: those whose id ends in 7 triple. */
const later = (paper: Paper): Paper =>
  paper.paperId.endsWith('7')
    ? { ...paper, last: { ...paper.last, upvotes: paper.last.upvotes * 3 } }
    : paper;

const distinct = (texts: readonly unknown[]): number => new Set(texts).size;

function spreadOf(edition: readonly Scored[]): { distinct: number; most: number } {
  const topics = edition.map(({ topic }) => topic);
  const counts = topics.map((topic) => topics.filter((other) => other === topic).length);
  return { distinct: distinct(topics), most: Math.max(...counts) };
}
