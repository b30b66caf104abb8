/** How long the site's search takes: the first one with the index that it needs, and each one after it. */
import { indexPapers, type PaperIndex } from '../lambdas/core/match';
import type { Paper } from '../lambdas/core/paper';
import { readSearch } from '../lambdas/core/search';
import { chance } from './chance';
import { ratio, type Figure } from './measure';

const PAPERS = 3_000;
const SEARCHES = 500;
/** As a page of the site has them. */
const SHOWN = 20;

/** In processor time, without reading the papers. Run it first: what is cold becomes warm. */
export function evaluateSpeed(papers: readonly Paper[]): Record<'searchColdMs' | 'searchWarmMs', Figure> {
  const many = Array.from({ length: PAPERS }, (_, n) => copyOf(papers, n));
  const searches = searchesFrom(papers);
  let index: PaperIndex | undefined;
  const ask = (text: string) =>
    (index ??= indexPapers(many)).find(readSearch(text), SHOWN, { loosely: true });
  const cold = taken(() => ask('sparse voxel volume'));
  return {
    searchColdMs: ratio([cold]),
    searchWarmMs: ratio(searches.map((text) => taken(() => ask(text)))),
  };
}

/** Milliseconds of this process. */
function taken(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Of fewer papers than are wanted, copies under other ids. */
function copyOf(papers: readonly Paper[], n: number): Paper {
  const paper = papers[n % papers.length] as Paper;
  const round = Math.floor(n / papers.length);
  return round === 0 ? paper : { ...paper, paperId: `${paper.paperId}-${round}` };
}

/** One to three words in a row of a title. */
function searchesFrom(papers: readonly Paper[]): string[] {
  const dice = chance(1, 'searches');
  const titles = papers
    .map(({ title }) => title.match(/[\p{L}\p{N}-]{4,}/gu) ?? [])
    .filter((words) => words.length > 0);
  return Array.from({ length: SEARCHES }, () => {
    const words = dice.pick(titles);
    const start = Math.floor(dice.between(0, words.length));
    return words
      .slice(start, start + 1 + Math.floor(dice.between(0, 3)))
      .join(' ')
      .slice(0, 200);
  });
}
