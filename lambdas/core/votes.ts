/** Whether people vote on papers: on all of them, on some, or on none. */
import { isVoted, type Paper } from './paper';
import type { Source } from './settings';

export type Votes = 'all' | 'some' | 'none';

/** A file says it paper by paper. */
export const sourceVotes: Record<Source['kind'], Votes> = {
  'hugging-face': 'all',
  arxiv: 'none',
  file: 'some',
};

export function votesIn(papers: readonly Paper[]): Votes {
  const voted = papers.filter(isVoted).length;
  return voted === papers.length ? 'all' : voted > 0 ? 'some' : 'none';
}

/** What a newsletter may say of all its papers. Those that are imported by hand are known by themselves only. */
export function votesFrom(sources: readonly Pick<Source, 'kind'>[]): Votes {
  const [first = 'some', ...others] = sources.map(({ kind }) => sourceVotes[kind]);
  return others.every((votes) => votes === first) ? first : 'some';
}
