/** Of a long list of papers, which ones an edition keeps: the best, and what most readers search for. */
import { narrowed } from '../../lambdas/building/candidates';
import { candidateOf } from '../mails';
import { aPaper } from '../world';

/** Ranked; those at the end are about things of their own. */
const rankedOf = (count: number, subjects: readonly string[]) =>
  Array.from({ length: count }, (_, n) => {
    const subject = subjects[n - (count - subjects.length)];
    const paper = aPaper('2025-03-11', n, count - n);
    return candidateOf(subject ? { ...paper, title: subject, abstract: `All about ${subject}.` } : paper, n);
  });

const titles = (candidates: readonly { paper: { title: string } }[]): string[] =>
  candidates.map(({ paper }) => paper.title);

test('up to four hundred are all kept', () => {
  const ranked = rankedOf(400, ['whale song']);
  expect(narrowed(ranked, new Map(), 10)).toEqual(ranked);
});

test('of more, the first hundred and what somebody searches for, in the order of their ranks', () => {
  const ranked = rankedOf(401, ['octopus cognition', 'bee dances', 'whale song']);
  const kept = narrowed(
    ranked,
    new Map([
      ['whale', 1],
      ['"octopus cognition"', 1],
    ]),
    10,
  );
  expect(titles(kept)).toEqual([...titles(ranked.slice(0, 100)), 'octopus cognition', 'whale song']);
});

test('without searches the first hundred are kept', () => {
  expect(narrowed(rankedOf(401, ['whale song']), new Map(), 10)).toHaveLength(100);
});

test('what more readers search for goes before what more papers are about', () => {
  const whales = Array.from({ length: 499 }, () => 'whale song');
  const ranked = rankedOf(500, [...whales, 'bee dances']);
  const kept = titles(
    narrowed(
      ranked,
      new Map([
        ['whale', 1],
        ['bee', 2],
      ]),
      500,
    ),
  );
  expect(kept).toHaveLength(400);
  expect(kept.at(-1)).toBe('bee dances');
  expect(kept.filter((title) => title === 'whale song')).toHaveLength(399);
});
