/** One paper under two ids: a community may list what arXiv announces under an id of its own. */
import { isVoted, titleKey, type Paper } from '../core/paper';

/** Papers of one run, batch by batch. Of two with one title, the announcement makes way for what people vote on. */
export function withoutCopies(): (batch: readonly Paper[]) => Paper[] {
  const voted = new Map<string, string>();
  return (batch) => {
    const keyed = batch.map((paper) => ({ paper, key: titleKey(paper.title) }));
    for (const { paper, key } of keyed) if (key && isVoted(paper)) voted.set(key, paper.paperId);
    return keyed
      .filter(({ paper, key }) => isVoted(paper) || !isCopy(paper, key, voted))
      .map(({ paper }) => paper);
  };
}

const isCopy = ({ paperId }: Paper, key: string | undefined, voted: ReadonlyMap<string, string>): boolean =>
  key !== undefined && voted.has(key) && voted.get(key) !== paperId;
