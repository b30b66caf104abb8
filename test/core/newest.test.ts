/** The papers of the front page: enough of them on a Monday, in the order that its heading says. */
import { filledUp, isShort, topOf } from '../../lambdas/core/newest';
import type { Paper } from '../../lambdas/core/paper';
import { paperOf } from '../mails';

/** So many papers of a day, each of a topic of its own. */
const listed = (day: string, count: number, more: Partial<Paper> = {}): Paper[] =>
  Array.from({ length: count }, (_, n) => ({
    ...paperOf({ id: `${day}-${n}`, title: `w${day}q${n} v${n}d${day}`, summary: '', upvotes: n }),
    listedOn: day,
    ...more,
  }));

const daysOf = (papers: readonly Paper[]): string[] => papers.map(({ listedOn }) => listedOn.slice(8));

test.each([
  ['a Monday with one paper, with days of the week before until there are ten', 1, [4, 5, 6], '24 22 21', 12],
  ['nine and a day', 9, [1, 1, 1], '24 22', 10],
  ['a week before that is empty', 3, [0, 0, 0], '24', 3],
  ['a week before that is as short', 1, [1, 1, 1], '24 22 21 20', 4],
])('%s', (_, count, [friday = 0, saturday = 0, sunday = 0], days, total) => {
  const week = listed('2025-03-24', count);
  const before = [
    ...listed('2025-03-20', friday),
    ...listed('2025-03-21', saturday),
    ...listed('2025-03-22', sunday),
  ];
  expect(isShort(week)).toBe(true);
  const filled = filledUp(week, before);
  expect([[...new Set(daysOf(filled))].join(' '), filled.length]).toEqual([days, total]);
});

test('a week of ten is long enough; one paper under two ids counts once', () => {
  expect(isShort(listed('2025-03-24', 10))).toBe(false);
  const twice = listed('2025-03-24', 9, { title: 'One paper under two ids' });
  expect(isShort([...listed('2025-03-25', 9), ...twice])).toBe(false);
  expect(isShort([...listed('2025-03-25', 8), ...twice])).toBe(true);
});

test('the top ten stand in the order of their upvotes, whatever their days', () => {
  const { total, papers } = topOf([...listed('2025-03-24', 3), ...listed('2025-03-22', 12)]);
  expect(total).toBe(15);
  const upvotes = papers.map(({ last }) => last.upvotes);
  expect(upvotes).toHaveLength(10);
  expect(upvotes).toEqual(upvotes.toSorted((a, b) => b - a));
});

test('without votes every day has its share, the newest first, and papers with votes stand in front', () => {
  const unvoted = { voted: false } as const;
  const days = ['2025-03-20', '2025-03-21', '2025-03-24'].flatMap((day) => listed(day, 200, unvoted));
  expect(daysOf(topOf(days).papers).join(' ')).toMatch(/^(24 ?){3,4}(21 ?){3,4}(20 ?){3,4}$/);
  const [first, ...others] = topOf([...days, ...listed('2025-03-19', 1)]).papers;
  expect(first).not.toHaveProperty('voted');
  expect(others.every(({ voted }) => voted === false)).toBe(true);
  expect(topOf(days.toReversed())).toEqual(topOf(days));
});
