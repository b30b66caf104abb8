/** Which late risers stand in a reader's copy: all but those that one of their searches may have brought before. */
import { copyOf } from '../../lambdas/sending/copies';
import type { Content, Skeleton } from '../../lambdas/core/edition';
import type { Subscriber } from '../../lambdas/core/subscriber';
import { renderDigest } from '../../templates/digest';
import { candidateOf, digestOf, paperOf, settings } from '../mails';

const titles = ['Slime mould', 'Bee dances', 'Whale song', 'Octopus cognition'];
const papers = titles.map((title, n) =>
  paperOf({ id: `2503.1000${n}`, title, summary: `All about ${title.toLowerCase()}.` }),
);
/** The last two were listed before, and an edition was frozen meanwhile. */
const isSeen = (place: number): boolean => place > 1;

let content: Content;
beforeAll(async () => {
  const candidates = papers.map((paper, n) => ({
    ...candidateOf(paper, n),
    ...(isSeen(n) && { carried: true, seen: true }),
  }));
  content = await renderDigest({ ...digestOf(papers), candidates, size: 4 }, settings);
});

const textOf = ({ segments }: Skeleton): string => segments.join('').replaceAll('=\r\n', '');
const SINCE = '2025-01-01T00:00:00.000Z';
const searching = (...texts: string[]): Subscriber['searches'] =>
  texts.map((text) => ({ text, since: SINCE }));

test.each<[what: string, searches: Subscriber['searches'], copy: string[]]>([
  ['no search', undefined, titles],
  ['a search that finds nothing', searching('teapots'), titles],
  ['a search that finds something else', searching('bee dances'), titles],
  ['a search that mentions one', searching('whale song'), ['Slime mould', 'Bee dances', 'Octopus cognition']],
  ['two that mention both', searching('whale', 'octopus'), ['Slime mould', 'Bee dances']],
  [
    'one that was given up',
    [{ text: 'whale song', since: SINCE, until: SINCE }],
    ['Slime mould', 'Bee dances', 'Octopus cognition'],
  ],
])('%s', (_, searches, copy) => {
  const text = textOf(copyOf(content, { searches }));
  expect(titles.filter((title) => text.includes(title))).toEqual(copy);
});
