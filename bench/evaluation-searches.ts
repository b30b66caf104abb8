/** How well searches find what papers are about: mean average precision over topics and weeks, and one search whose answer is known. */
import * as z from 'zod';
import type { Period } from '../lambdas/core/calendar';
import { indexPapers, type PaperIndex } from '../lambdas/core/match';
import { titleKey, type Paper } from '../lambdas/core/paper';
import { readSearch } from '../lambdas/core/search';
import { readEntry } from '../lambdas/sources/hugging-face';
import { byUpvotes, folded, isIn, type Judged } from './evaluation-papers';
import { valueOf, type Named } from './files';

const TOPICS = [
  'reinforcement learning',
  'diffusion models',
  'retrieval-augmented generation',
  'vision-language models',
  'chain-of-thought reasoning',
  '3d gaussian splatting',
  'large language models',
  'multimodal large language models',
  'flow matching',
  'text-to-image generation',
  'video generation',
  'mixture-of-experts',
  'speculative decoding',
  'world models',
  'vision-language-action models',
  'instruction tuning',
  'knowledge distillation',
  'kv cache',
  'tool use',
  'code generation',
  'preference optimization',
  'direct preference optimization',
  'quantization',
  'sparse attention',
  'hallucination',
  'novel view synthesis',
  'autonomous driving',
  'multi-agent systems',
  'benchmark',
];
const FEWEST = 20;

/** One topic in one week: which places of the week's list are about it. */
interface Pair {
  topic: number;
  week: number;
  relevant: ReadonlySet<number>;
}

interface Week {
  papers: readonly Paper[];
  index: PaperIndex;
  pairs: readonly Pair[];
}

export interface SearchFigures {
  searchMap: number;
  upvotesOnlyMap: number;
}

/** Undefined where no paper has keywords to judge by. */
export function evaluateSearches(
  judged: readonly Judged[],
  periods: readonly Period[],
): SearchFigures | undefined {
  const weeks = periods.map((period, n) => weekOf(judged, period, n));
  const all = weeks.flatMap(({ pairs }) => pairs.map(({ topic, week }) => ({ topic, week })));
  if (all.length === 0) {
    console.log('  searches: left out, since the papers have no keywords to judge by');
    return undefined;
  }
  const precisions = weeks.flatMap(({ papers, index, pairs }) =>
    pairs.map((pair) => ({ ...pair, precision: averagePrecision(foundBy(pair, papers, index), pair) })),
  );
  const isFirst = ({ topic, week }: Pair) => [topic < TOPICS.length / 2, week < periods.length / 2];
  const tuned = precisions.filter((pair) => isFirst(pair).every(Boolean));
  const heldOut = precisions.filter((pair) => !isFirst(pair).some(Boolean));
  console.log(`  searches: ${all.length} pairs of a topic and a week`);
  if (tuned.length > 0) console.log(`  searchMap ${mapOf(tuned)} over the ${tuned.length} it was tuned on`);
  if (heldOut.length > 0)
    console.log(`  searchMap ${mapOf(heldOut)} over ${heldOut.length} of other topics and other weeks`);
  const upvotesOnly = weeks.flatMap(({ papers, pairs }) =>
    pairs.map((pair) => ({ precision: averagePrecision(placesByUpvotes(papers), pair) })),
  );
  return { searchMap: mapOf(precisions), upvotesOnlyMap: mapOf(upvotesOnly) };
}

/** Weeks of fewer papers have no pairs. */
function weekOf(judged: readonly Judged[], period: Period, week: number): Week {
  const here = judged.filter(({ paper, keywords }) => keywords.length > 0 && isIn(period)(paper));
  const papers = here.map(({ paper }) => paper);
  const pairs = TOPICS.map((name, topic): Pair => {
    const about = here.flatMap(({ keywords }, place) =>
      keywords.some((keyword) => keyword.includes(folded(name))) ? [place] : [],
    );
    return { topic, week, relevant: new Set(about) };
  });
  const counted = papers.length < FEWEST ? [] : pairs.filter(({ relevant }) => relevant.size > 0);
  return { papers, index: indexPapers(papers), pairs: counted };
}

/** The whole week in order: what a loose search finds, then the rest by upvotes. */
function foundBy({ topic }: Pair, papers: readonly Paper[], index: PaperIndex): number[] {
  const found = index.find(readSearch(TOPICS[topic] ?? ''), papers.length, { loosely: true });
  return [...new Set([...found.map(({ place }) => place), ...placesByUpvotes(papers)])];
}

const placesByUpvotes = (papers: readonly Paper[]): number[] =>
  [...papers.keys()].toSorted((a, b) => byUpvotes(papers[a] as Paper, papers[b] as Paper));

function averagePrecision(places: readonly number[], { relevant }: Pair): number {
  const ranks = places.flatMap((place, n) => (relevant.has(place) ? [n + 1] : []));
  return ranks.reduce((sum, rank, n) => sum + (n + 1) / rank, 0) / relevant.size;
}

const mapOf = (pairs: readonly { precision: number }[]): number =>
  Number((pairs.reduce((sum, { precision }) => sum + precision, 0) / pairs.length).toFixed(4));

const Found = z.object({
  query: z.string().default('sparse voxel volume'),
  day: z.iso.date().default('2025-03-12'),
  papers: z.array(z.object({ title: z.string(), abstract: z.string() })).min(1),
});

export interface KnownSearchFigures {
  seedRecallAt120: number;
  seedPrecisionAt20: number;
}

/**
 * The papers that a search listed on a day, to be found among those known then. Nobody wrote down how many upvotes they
 * had, so none counts; with the upvotes of the others, which is unfair to them, is shown beside it.
 */
export function evaluateKnownSearch(named: Named, judged: readonly Judged[]): KnownSearchFigures {
  const { query, day, papers } = valueOf(named, Found, 'an object with papers: [{title, abstract}]');
  const titles = new Set(papers.map(({ title }) => titleKey(title)));
  const known = judged.filter(({ paper }) => paper.listedOn <= day);
  const others = (known.length > 0 ? known : judged)
    .map(({ paper }) => paper)
    .filter(({ title }) => !titles.has(titleKey(title)));
  const wanted = papers.map(({ title, abstract }, n) =>
    readEntry(
      { paper: { id: `found-${n}`, title, summary: abstract, authors: [], upvotes: 0 }, _daily: day },
      new Date(),
    ),
  );
  const unvoted = others.map((paper) => ({ ...paper, last: { ...paper.last, upvotes: 0 } }));
  const unfair = figuresOf(query, others, wanted);
  console.log(
    `  "${query}" among ${others.length} other papers; with their upvotes: recall ${unfair.seedRecallAt120}, ` +
      `precision ${unfair.seedPrecisionAt20}`,
  );
  return figuresOf(query, unvoted, wanted);
}

function figuresOf(query: string, others: readonly Paper[], wanted: readonly Paper[]): KnownSearchFigures {
  const found = indexPapers([...others, ...wanted]).find(readSearch(query), 120, { loosely: true });
  const right = (most: number): number =>
    found.slice(0, most).filter(({ place }) => place >= others.length).length;
  return {
    seedRecallAt120: Number((right(120) / wanted.length).toFixed(4)),
    seedPrecisionAt20: right(20) / 20,
  };
}
