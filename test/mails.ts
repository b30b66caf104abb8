/** What tests of mails start from: fixed settings, keys, papers and an edition, so that the same test makes the same bytes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Address } from '../lambdas/core/address';
import type { Candidate, Content } from '../lambdas/core/edition';
import { sign, subscriberIdOf, type Keys } from '../lambdas/core/identity';
import type { Asked } from '../lambdas/core/joining';
import { upvotesOf, type Paper } from '../lambdas/core/paper';
import { rank } from '../lambdas/core/ranking';
import { readSettings } from '../lambdas/core/settings';
import { readEntry } from '../lambdas/sources/hugging-face';
import { readPaperFile } from '../lambdas/sources/paper-file';
import { renderDigest, type Digest, type DigestSlot } from '../templates/digest';
import { generalCopy } from '../templates/digest-copy';
import type { Coming } from '../templates/coming';
import { goodbye, invitation, question, refusal, welcome } from '../templates/mails';
import { cut, fill } from '../templates/slots';

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
).map(({ paper }) => paper);

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

/** As the ranking leaves it: each paper of a topic of its own. */
export const candidateOf = (paper: Paper, topic = 0): Candidate => ({
  paper,
  upvotes: upvotesOf(paper),
  growth: 1,
  score: upvotesOf(paper),
  topic,
  verdict: 'in',
});

/** What an edition of these papers froze, but for the rendering. */
export const contentOf = (papers: readonly Paper[]): Content => ({
  cadence: 'weekly',
  considered: 61,
  size: papers.length,
  room: 100_000,
  candidates: papers.map(candidateOf),
  fragments: papers.map(() => ({ html: cut(''), text: cut(''), bytes: 0 })),
  shell: cut(''),
});

export const digestOf = (papers: readonly Paper[], considered = 61): Digest => ({
  editionId: 'weekly-2025-W11',
  cadence: 'weekly',
  period: { from: '2025-03-10', to: '2025-03-16' },
  candidates: papers.map(candidateOf),
  considered,
  size: papers.length,
});

export const valuesFor = (address: Address): Record<DigestSlot, string> => ({
  to: address,
  'one-click': sign(keys, 'one-click', subscriberIdOf(address, keys)),
  unsubscribe: sign(keys, 'unsubscribe', subscriberIdOf(address, keys)),
  preferences: sign(keys, 'preferences', subscriberIdOf(address, keys)),
});

/** Ada's copy of an edition of these papers. */
export async function adasDigest(
  papers: readonly Paper[],
  considered?: number,
  newsletter = settings,
): Promise<string> {
  const content = await renderDigest(digestOf(papers, considered), newsletter);
  return fill(generalCopy(content), valuesFor(ada));
}

const toPreferences = sign(keys, 'preferences', adasId);

const toConfirm = sign(keys, 'confirm', adasId, new Date('2025-03-10T08:00:00Z'));

export const coming = (cadence: Coming['cadence'], ...searches: string[]): Coming => ({
  cadence,
  searches: searches.map((text) => ({ text, since: '2025-03-10T08:00:00.000Z' })),
});

export const adasInvitation = (newsletter = settings, asked = coming('weekly', 'sparse voxel')): string =>
  invitation(ada, toConfirm, asked, undefined, newsletter);

export const adasQuestion = (
  newsletter = settings,
  asked: Asked = { search: 'sparse voxel', cadence: 'daily' },
): string =>
  question(
    ada,
    { confirm: toConfirm, preferences: toPreferences },
    { ...asked, askedAt: '2025-03-10T08:00:00.000Z' },
    undefined,
    newsletter,
  );

export const adasRefusal = (
  newsletter = settings,
  leftOut = 'graph of thoughts',
  reader = coming('weekly', 'sparse voxel', 'diffusion', 'agents', 'speech', 'protein folding'),
): string => refusal(ada, toPreferences, leftOut, reader, newsletter);

export const newest = { editionId: 'weekly-2025-W11', title: 'Papers of 10–16 March 2025' };

export const adasWelcome = (newsletter = settings, reader = coming('weekly', 'sparse voxel')): string => {
  const { unsubscribe, 'one-click': oneClick } = valuesFor(ada);
  return welcome(ada, { unsubscribe, oneClick, preferences: toPreferences }, newest, reader, newsletter);
};

export const adasUndo = sign(keys, 'undo', adasId, new Date('2025-03-15T12:00:00Z'));

export const adasGoodbye = (newsletter = settings): string => goodbye(ada, adasUndo, newsletter);
