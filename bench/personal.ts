/** Digests of many readers with many different searches: what joining one costs, the search included. */
import { sign, subscriberIdOf, type Keys } from '../lambdas/core/identity';
import type { Paper } from '../lambdas/core/paper';
import { choose, rank } from '../lambdas/core/ranking';
import { readSearch } from '../lambdas/core/search';
import type { Settings } from '../lambdas/core/settings';
import { copyOf } from '../lambdas/sending/copies';
import { renderDigest } from '../templates/digest';
import { fill } from '../templates/slots';
import { chance } from './chance';
import { ratio, type Figure } from './measure';
import { addressOf } from './stage';

const READERS = 100_000;
const SEARCHES = 10_000;
const CANDIDATES = 300;
const PAPERS = 10;
const ROUNDS = 5;
const KEYS: Keys = { current: 'k1', k1: 'a key of the benchmark, which signs nothing real' };

/** Every round is one sender that begins with an empty memory and works through all readers. */
export async function benchPersonal(
  papers: readonly Paper[],
  settings: Settings,
): Promise<Record<'personalCpuMsPerReader' | 'personalRssGrowthMb', Figure>> {
  const ranked = choose(rank(papers.slice(0, CANDIDATES)), PAPERS);
  const candidates = ranked.map(({ scored, verdict }) => Object.assign(scored, { verdict }));
  const content = await renderDigest(
    {
      editionId: 'weekly-2025-W11',
      cadence: 'weekly',
      period: { from: '2025-03-10', to: '2025-03-16' },
      candidates,
      considered: candidates.length,
      size: PAPERS,
    },
    settings,
  );
  const searches = searchesFrom(papers);
  const costs: number[] = [];
  const growths: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { milliseconds, growthMb } = joinAll(structuredClone(content), searches);
    costs.push(milliseconds / READERS);
    growths.push(growthMb);
  }
  return { personalCpuMsPerReader: ratio(costs), personalRssGrowthMb: ratio(growths) };
}

/** Different ones, of one to three words that stand in a title; of few papers there are not as many. */
function searchesFrom(papers: readonly Paper[]): string[] {
  const dice = chance(1, 'searches');
  const titles = papers.map(({ title }) => title.split(/[^\p{L}\p{N}-]+/u).filter((word) => word.length > 3));
  const searches = new Set<string>();
  for (let tries = 0; searches.size < SEARCHES && tries < 10 * SEARCHES; tries++) {
    const words = dice.pick(titles);
    const start = Math.floor(dice.between(0, Math.max(0, words.length - 2)));
    const text = words.slice(start, start + 1 + Math.floor(dice.between(0, 3))).join(' ');
    if (text) searches.add(readSearch(text).text);
  }
  if (searches.size < SEARCHES) console.log(`  ${searches.size} different searches, not ${SEARCHES}`);
  return [...searches];
}

/** The second half of the readers must not need more memory than the first. */
function joinAll(
  content: Parameters<typeof copyOf>[0],
  searches: readonly string[],
): { milliseconds: number; growthMb: number } {
  const since = '2025-01-01T00:00:00.000Z';
  const before = process.cpuUsage();
  let halfway = 0;
  for (let n = 0; n < READERS; n++) {
    if (n === READERS / 2) halfway = process.memoryUsage.rss();
    const skeleton = copyOf(content, {
      searches: [{ text: searches[n % searches.length] as string, since }],
    });
    const to = addressOf(n);
    const subscriberId = subscriberIdOf(to, KEYS);
    const values = {
      to,
      'one-click': sign(KEYS, 'one-click', subscriberId),
      unsubscribe: sign(KEYS, 'unsubscribe', subscriberId),
      preferences: sign(KEYS, 'preferences', subscriberId),
    };
    void Buffer.from(fill(skeleton, values), 'latin1');
  }
  const { user, system } = process.cpuUsage(before);
  return {
    milliseconds: (user + system) / 1000,
    growthMb: (process.memoryUsage.rss() - halfway) / 1e6,
  };
}
