/** `digest explain EDITION`: every paper that was considered, what its place was decided by, and why it is in or out. */
import * as editions from '../lambdas/aws/editions';
import { MOST } from '../lambdas/building/candidates';
import type { Candidate, Content } from '../lambdas/core/edition';
import { indexPapers } from '../lambdas/core/match';
import { choose, rank } from '../lambdas/core/ranking';
import { isVoted } from '../lambdas/core/paper';
import { readSearch } from '../lambdas/core/search';
import { excerpt } from '../lambdas/core/text';
import { votesIn, type Votes } from '../lambdas/core/votes';
import { namedEdition } from './editions';

/** With searches also what each of them would bring a reader who saved it. */
export async function explainDigest([editionId]: string[], searches: readonly string[]): Promise<number> {
  const edition = await namedEdition(editionId);
  if (!edition.content) throw new Error(`${edition.editionId} was skipped: ${edition.reason}`);
  const content = await editions.contentOf(edition);
  const { candidates, considered, size } = content;
  console.log(
    `${edition.editionId}: ${considered} papers listed, ${candidates.length} candidates, ${size} places`,
  );
  const votes = votesIn(candidates.map(({ paper }) => paper));
  for (const rule of RULES[votes]) console.log(rule);
  console.log('at most two papers of a topic\n');
  for (const [place, candidate] of candidates.entries()) console.log(lineOf(place, candidate));
  for (const search of searches) explainSearch(search, content);
  console.log(`\nReplayed from the frozen papers: ${isReplayed(content) ? 'the same' : 'ANOTHER'} choice.`);
  return 0;
}

const VOTED = 'score = upvotes × growth expected after they were read';
const UNVOTED =
  'without votes: topics take turns, the largest first, each with a paper of the day that gave the fewest';
const RULES: Record<Votes, string[]> = { all: [VOTED], some: [VOTED, UNVOTED], none: [UNVOTED] };

function lineOf(
  place: number,
  { paper, upvotes, growth, score, topic, verdict, carried, seen }: Candidate,
): string {
  const late = carried ? ` late riser of ${paper.listedOn}${seen ? '' : ', first seen since'}` : '';
  const parts = isVoted(paper) ? `${upvotes} × ${growth.toFixed(2)} = ${score.toFixed(1)}` : 'no votes';
  return [
    String(place + 1).padStart(4),
    (verdict === 'in' ? 'in' : `out: ${verdict}`).padEnd(24),
    parts.padEnd(20),
    `topic ${topic + 1}`.padEnd(10),
    `${paper.paperId}  ${excerpt(paper.title, 60)}${late}`,
  ].join(' ');
}

function explainSearch(text: string, { candidates, size }: Content): void {
  const search = readSearch(text);
  const most = Math.floor(size / 2);
  const matches = indexPapers(candidates.map(({ paper }) => paper)).find(search, candidates.length);
  console.log(
    `\n‘${search.text}’ finds ${matches.length}; the first ${most} that are new come to its reader:`,
  );
  for (const { place, score } of matches) {
    const { paper, seen } = candidates[place] as Candidate;
    console.log(
      `${score.toFixed(2).padStart(8)}  ${paper.paperId}  ${excerpt(paper.title, 60)}${seen ? '  seen before' : ''}`,
    );
  }
}

/**
 * Same papers, same choice: the verdicts of what is frozen, decided again. Of a long list only a part is frozen, and topics
 * are those of the whole: there the order stands as it is.
 */
function isReplayed({ candidates, considered, size }: Content): boolean {
  const isWhole = considered <= MOST;
  const again = choose(isWhole ? rank(candidates.map(({ paper }) => paper)) : candidates, size);
  return again.every(
    ({ scored, verdict }, n) =>
      candidates[n]?.paper.paperId === scored.paper.paperId && candidates[n].verdict === verdict,
  );
}
