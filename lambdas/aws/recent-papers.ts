/** Papers for visitors: the newest week, and the last 90 days with their index; each container keeps what it read for a while. */
import { addDays, dayIn, periodOfWeek, weekOf, type Day, type Period } from '../core/calendar';
import { indexPapers, type PaperIndex } from '../core/match';
import { filledUp, isShort, topOf } from '../core/newest';
import type { Paper } from '../core/paper';
import { withoutDoubles } from '../core/ranking';
import { listed, newestWeek } from './papers';

export interface RecentPapers {
  period: Period;
  papers: readonly Paper[];
}

export interface NewestPapers extends RecentPapers {
  /** How many were listed in the period; `papers` are the top of them, as an edition would choose them. */
  total: number;
}

export interface SearchablePapers extends RecentPapers {
  /** How many days the period has, if they are the last ones; undefined where a newsletter rests. */
  lastDays: number | undefined;
  index: PaperIndex;
}

const DAYS = 90;
/** An index of more would take seconds to build. */
const MOST = 5_000;
/** Read at a time, so that of a table with many more the end is never read. Whole weeks: none is read twice. */
const STRIDE = 7 * 7;

/** The newest week that has papers, with days of the one before while it has few; as fresh as the front page's cache header says. */
export const newestPapers = keptFor(60, async (now): Promise<NewestPapers> => {
  const week = periodOfWeek((await newestWeek()) ?? weekOf(today(now)));
  const before = periodOfWeek(weekOf(addDays(week.from, -1)));
  const newest = await listed(week);
  const papers = isShort(newest) ? filledUp(newest, await listed(before)) : newest;
  const days = [week.from, ...papers.map(({ listedOn }) => listedOn)].toSorted();
  return { period: { ...week, from: days[0] ?? week.from }, ...topOf(papers) };
});

/** The papers that can be searched, newest first, and their index: places in the one are places in the other. */
export const searchablePapers = keptFor(600, async (now): Promise<SearchablePapers> => {
  const to = await lastDay(now);
  const newest = await newestOf({ from: addDays(to, 1 - DAYS), to });
  const papers = withoutDoubles(newest.papers);
  const lastDays = addDays(to, 7) >= today(now) ? daysOf(newest.period) : undefined;
  return { period: newest.period, lastDays, papers, index: indexPapers(papers) };
});

/** The papers of the newest week that is over, and their index: what a search would have matched. */
export const lastWeek = keptFor(600, async (now): Promise<Omit<SearchablePapers, 'lastDays'>> => {
  const over = weekOf(addDays(today(now), -7));
  const newest = (await newestWeek()) ?? over;
  const period = periodOfWeek(newest < over ? newest : over);
  const papers = withoutDoubles(await listed(period));
  return { period, papers, index: indexPapers(papers) };
});

/** Reads one at a time; what failed is tried again by the next visitor. */
function keptFor<T>(seconds: number, read: (now: Date) => Promise<T>): (now: Date) => Promise<T> {
  let kept: { value: Promise<T>; until: number } | undefined;
  return async (now) => {
    if (!kept || now.getTime() >= kept.until)
      kept = { value: read(now), until: now.getTime() + seconds * 1000 };
    const reading = kept;
    try {
      return await reading.value;
    } catch (error) {
      if (kept === reading) kept = undefined;
      throw error;
    }
  };
}

const today = (now: Date): string => dayIn('UTC', now);

const daysOf = ({ from, to }: Period): number => 1 + (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** Today, or the end of the newest week where that is over: a newsletter at rest can be searched too. */
async function lastDay(now: Date): Promise<Day> {
  const week = await newestWeek();
  const newest = week ? periodOfWeek(week).to : today(now);
  return newest < today(now) ? newest : today(now);
}

/** The papers of a period, newest first, as many as can be searched; the period they are of is shorter if there are more. */
async function newestOf(period: Period): Promise<RecentPapers> {
  const read: Paper[] = [];
  let { to } = periodOfWeek(weekOf(period.to));
  for (; to >= period.from && read.length < MOST; to = addDays(to, -STRIDE))
    read.push(...(await listed({ from: addDays(to, 1 - STRIDE), to })));
  const papers = read
    .filter(({ listedOn }) => listedOn >= period.from && listedOn <= period.to)
    .toSorted((a, b) => compare(b.listedOn, a.listedOn) || compare(b.paperId, a.paperId))
    .slice(0, MOST);
  const from = papers.length === MOST ? papers.at(-1)?.listedOn : undefined;
  return { period: { ...period, from: from ?? period.from }, papers };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
