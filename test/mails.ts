/** What tests of mails start from: fixed settings, keys, papers and an edition, so that the same test makes the same bytes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Address } from '../lambdas/core/address';
import { sign, subscriberIdOf, type Keys } from '../lambdas/core/identity';
import type { Paper } from '../lambdas/core/paper';
import { rank } from '../lambdas/core/ranking';
import { readSettings } from '../lambdas/core/settings';
import { readEntry } from '../lambdas/sources/hugging-face';
import { readPaperFile } from '../lambdas/sources/paper-file';
import { renderDigest, type Digest, type DigestSlot } from '../templates/digest';
import { invitation, welcome } from '../templates/mails';
import { fill } from '../templates/slots';

export const settings = readSettings({
  name: 'Paperboy',
  sender: { name: 'Paperboy', address: 'digest@papers.example.org' },
  postalAddress: 'Paperboy, 1 Example Street, 12345 Example Town',
  site: 'https://papers.example.org',
  timeZone: 'UTC',
  cadences: { weekly: { cron: '0 7 ? * MON *', papers: 10 } },
});

export const keys: Keys = { current: 'k1', k1: 'a key of thirty-two letters or so' };

export const ada = 'ada@example.org' as Address;

export const adasId = subscriberIdOf(ada, keys);

/** The moment all tests of sources read at. */
export const now = new Date('2025-03-17T07:00:00Z');

export const samplePapers: Paper[] = rank(
  readPaperFile(readFileSync(join(__dirname, '..', 'local', 'sample-papers.jsonl'), 'utf8'), now).papers,
);

/** A paper as the source reads it: hostile fields come in where they would come in. */
export function paperOf(fields: {
  id?: string;
  title?: string;
  summary?: string;
  authors?: string[];
  upvotes?: number;
  githubRepo?: string;
  projectPage?: string;
}): Paper {
  const { authors = ['Ada Lovelace'], ...rest } = fields;
  const paper = { id: '2503.00001', title: 'A title', summary: 'An abstract.', upvotes: 3, ...rest };
  return readEntry({ paper: { ...paper, authors: authors.map((name) => ({ name })) } }, now, '2025-03-12');
}

export const digestOf = (papers: readonly Paper[], considered = 61): Digest => ({
  editionId: 'weekly-2025-W11',
  cadence: 'weekly',
  period: { from: '2025-03-10', to: '2025-03-16' },
  papers,
  considered,
});

export const valuesFor = (address: Address): Record<DigestSlot, string> => ({
  to: address,
  'one-click': sign(keys, 'one-click', subscriberIdOf(address, keys)),
  unsubscribe: sign(keys, 'unsubscribe', subscriberIdOf(address, keys)),
});

/** Ada's copy of an edition of these papers. */
export async function adasDigest(
  papers: readonly Paper[],
  considered?: number,
  newsletter = settings,
): Promise<string> {
  const { skeleton } = await renderDigest(digestOf(papers, considered), newsletter);
  return fill(skeleton, valuesFor(ada));
}

export const adasInvitation = (newsletter = settings): string =>
  invitation(ada, sign(keys, 'confirm', adasId, new Date('2025-03-10T08:00:00Z')), newsletter);

export const newest = { editionId: 'weekly-2025-W11', title: 'Papers of 10–16 March 2025' };

export const adasWelcome = (newsletter = settings): string => {
  const { unsubscribe, 'one-click': oneClick } = valuesFor(ada);
  return welcome(ada, { unsubscribe, oneClick }, newest, newsletter);
};
