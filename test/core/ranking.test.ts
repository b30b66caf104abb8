/** Which papers an edition has: by what they can be expected to end with, few of one topic, none twice. */
import * as fc from 'fast-check';
import type { Paper } from '../../lambdas/core/paper';
import {
  candidatesFor,
  choose,
  isSeen,
  rank,
  withoutDoubles,
  type Earlier,
  type Listings,
} from '../../lambdas/core/ranking';
import { paperOf } from '../mails';

type Fields = Parameters<typeof paperOf>[0] & { listedOn?: string; readAt?: string; firstAt?: string };

/** Listed and read long ago, if nothing else is said: its upvotes grow no more. */
function listed({ listedOn = '2025-03-05', readAt, firstAt, ...fields }: Fields): Paper {
  const paper = paperOf({ summary: '', ...fields });
  const at = readAt ?? '2025-03-17T07:00:00.000Z';
  return { ...paper, listedOn, first: { ...paper.first, at: firstAt ?? at }, last: { ...paper.last, at } };
}

const readFriday = (upvotes: number, listedOn: string, id: string): Paper =>
  listed({ id, upvotes, listedOn, readAt: '2025-03-14T17:00:00.000Z' });

const onTopic = (title: string, upvotes: number): Paper =>
  listed({ id: `id-${upvotes}`, title, upvotes, summary: `${title}.` });

/** The edition of the week before that of 10 March, frozen on the morning after. */
const lastWeek: Earlier = {
  period: { from: '2025-03-03', to: '2025-03-09' },
  cutoff: '2025-03-10T07:00:00.000Z',
  shown: ['best', 'last'],
};

const week = (fields: Partial<Listings>): Listings => ({
  cadence: 'weekly',
  listed: [],
  carried: [],
  earlier: [lastWeek],
  ...fields,
});

const before = (id: string, upvotes: number, more: Fields = {}): Paper =>
  listed({ id, title: `The paper called ${id}`, upvotes, firstAt: '2025-03-06T07:00:00.000Z', ...more });

const idsOf = (papers: readonly Paper[]): string[] => papers.map(({ paperId }) => paperId);

describe('the order', () => {
  test('a paper of the same day has half of its upvotes still to come, one of last week none', () => {
    const [young, old] = rank([readFriday(10, '2025-03-14', 'young'), readFriday(18, '2025-03-07', 'old')]);
    expect([young?.paper.paperId, old?.paper.paperId]).toEqual(['young', 'old']);
    expect(young?.growth).toBeCloseTo(1.9, 1);
    expect(young?.score).toBeCloseTo(19, 0);
    expect(old?.growth).toBeCloseTo(1, 3);
    expect(old).toMatchObject({ upvotes: 18 });
  });

  test('a paper of the day before has a sixth to come', () => {
    const [scored] = rank([readFriday(10, '2025-03-13', 'one')]);
    expect(scored?.growth).toBeCloseTo(1.1, 1);
  });

  test('the later it is read the less is expected, from the moment that it is listed', () => {
    const growths = ['2025-03-12T20', '2025-03-13T00', '2025-03-13T12', '2025-03-14T00', '2025-03-20T00'].map(
      (hour) => rank([listed({ listedOn: '2025-03-13', readAt: `${hour}:00:00.000Z` })])[0]?.growth ?? 0,
    );
    expect(growths[0]).toBe(growths[1]);
    expect(growths.slice(1)).toEqual(growths.slice(1).toSorted((a, b) => b - a));
    expect(Math.min(...growths)).toBeGreaterThanOrEqual(1);
  });

  test('papers without upvotes stay in the order of their ids, and each has a topic of its own', () => {
    const none = ['c', 'a', 'b'].map((id) => listed({ id, title: id, upvotes: 0 }));
    expect(rank(none).map(({ paper, topic }) => [paper.paperId, topic])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
    ]);
  });
});

describe('the choice', () => {
  const voxels = [90, 80, 70, 60].map((upvotes) => onTopic('Sparse voxel volume rendering', upvotes));
  const others = [
    onTopic('Protein folding at scale', 50),
    onTopic('Speech in a noisy room', 40),
    onTopic('Tax law for agents', 30),
  ];

  test('has at most two papers of a topic, and says why others are out', () => {
    const choice = choose(rank([...others, ...voxels]), 4);
    expect(choice.map(({ scored, verdict }) => [scored.upvotes, verdict])).toEqual([
      [90, 'in'],
      [80, 'in'],
      [70, 'third of its topic'],
      [60, 'third of its topic'],
      [50, 'in'],
      [40, 'in'],
      [30, 'below'],
    ]);
  });

  test('is short rather than full of one topic', () => {
    const choice = choose(rank(voxels), 4);
    expect(choice.filter(({ verdict }) => verdict === 'in')).toHaveLength(2);
  });

  test('of nothing is nothing', () => {
    expect(choose(rank([]), 4)).toEqual([]);
    expect(choose(rank(voxels), 0).some(({ verdict }) => verdict === 'in')).toBe(false);
  });
});

describe('one paper under two ids', () => {
  const title = 'Sparse Voxels, Revisited';

  test.each([
    ['the one with more upvotes stays', ['2503.00001', 3], ['hf-1', 9], 'hf-1'],
    ['of as many the one on arXiv', ['0-paper', 3], ['2503.00002', 3], '2503.00002'],
    ['of both on arXiv the earlier', ['2503.00002', 3], ['2503.00001', 3], '2503.00001'],
  ] as const)('%s', (_, [id, upvotes], [otherId, otherUpvotes], stays) => {
    const papers = [
      listed({ id, upvotes, title }),
      listed({ id: otherId, upvotes: otherUpvotes, title: 'sparse voxels — revisited' }),
    ];
    expect(idsOf(withoutDoubles(papers))).toEqual([stays]);
    expect(idsOf(withoutDoubles(papers.toReversed()))).toEqual([stays]);
  });

  test('titles too short to tell papers apart make no doubles', () => {
    const papers = [listed({ id: 'a', title: 'Reply' }), listed({ id: 'b', title: 'Reply' })];
    expect(withoutDoubles(papers)).toEqual(papers);
  });
});

describe('what competes for an edition', () => {
  const shownThen = [before('best', 90), before('last', 40)];

  test('late risers do: they have more than the last paper of their own edition', () => {
    const carried = [...shownThen, before('riser', 41), before('equal', 40), before('below', 39)];
    const fresh = listed({ id: 'fresh', upvotes: 1, listedOn: '2025-03-12' });
    expect(idsOf(candidatesFor(week({ listed: [fresh], carried })))).toEqual(['fresh', 'riser']);
  });

  test('papers of a week that had no edition do not, nor in a first edition', () => {
    const carried = [...shownThen, before('older', 99, { listedOn: '2025-02-27' }), before('riser', 99)];
    expect(idsOf(candidatesFor(week({ carried })))).toEqual(['riser']);
    expect(candidatesFor(week({ carried, earlier: [] }))).toEqual([]);
  });

  test('papers that came after the edition was frozen do', () => {
    const late = before('late', 5, { firstAt: '2025-03-11T07:00:00.000Z' });
    expect(idsOf(candidatesFor(week({ carried: [...shownThen, late] })))).toEqual(['late']);
  });

  test('nothing comes twice, whatever its id', () => {
    const again = listed({
      id: '2503.12345',
      title: 'THE PAPER (called: best)',
      upvotes: 500,
      listedOn: '2025-03-12',
    });
    expect(candidatesFor(week({ listed: [again], carried: shownThen }))).toEqual([]);
    expect(candidatesFor(week({ listed: shownThen }))).toEqual([]);
  });

  test('what its row says was shown does not come again, in that cadence, however long ago', () => {
    const row = (shownIn: Paper['shownIn']): Paper => ({ ...before('again', 500), shownIn });
    const compete = (paper: Paper, earlier: Earlier[] = []) =>
      candidatesFor(week({ listed: [paper], earlier }));
    expect(compete(row(['weekly']))).toEqual([]);
    expect(compete(row(['monthly', 'weekly']), [lastWeek])).toEqual([]);
    expect(idsOf(compete(row(['monthly', 'daily'])))).toEqual(['again']);
    const twin = { ...before('twin', 900), title: 'THE PAPER: called again' };
    expect(candidatesFor(week({ listed: [row(['weekly']), twin] }))).toEqual([]);
  });

  const FROM = '2025-03-10';
  test.each<[string, Partial<Paper>, Earlier[], boolean]>([
    ['new in the period', { listedOn: '2025-03-12' }, [lastWeek], false],
    ['of the week before, which it was known in', { listedOn: '2025-03-06' }, [lastWeek], true],
    ['moved into the period', { listedOn: '2025-03-12', firstListedOn: '2025-03-06' }, [lastWeek], true],
    [
      'moved into it, from a year before',
      { listedOn: '2025-03-12', firstListedOn: '2024-03-06' },
      [lastWeek],
      true,
    ],
    ['moved, and no edition was before', { listedOn: '2025-03-12', firstListedOn: '2025-03-06' }, [], false],
    [
      'of a day between two periods',
      { listedOn: '2025-03-10', firstListedOn: '2025-03-10' },
      [lastWeek],
      false,
    ],
  ])('a search may have brought it before: %s', (_, fields, earlier, seen) => {
    const first = { upvotes: 1, at: `${fields.firstListedOn ?? fields.listedOn}T12:00:00.000Z` };
    const paper = { ...before('one', 1), first, ...fields };
    expect(isSeen(paper, { from: FROM, to: '2025-03-16' }, earlier)).toBe(seen);
  });

  test('a row of before, that was moved, is as old as its first reading', () => {
    const moved = { ...before('one', 1), listedOn: '2025-03-12' };
    expect(isSeen(moved, { from: FROM, to: '2025-03-16' }, [lastWeek])).toBe(true);
  });

  test('each is compared with the edition that covers its day', () => {
    const carried = [
      before('best', 90, { listedOn: '2025-03-06' }),
      before('last', 40, { listedOn: '2025-03-07' }),
      before('riser', 50, { listedOn: '2025-03-06' }),
    ];
    const ofDay = (day: string): Earlier => ({ ...lastWeek, period: { from: day, to: day } });
    expect(candidatesFor(week({ carried, earlier: [ofDay('2025-03-06'), ofDay('2025-03-07')] }))).toEqual([]);
    const earlier = [{ ...lastWeek, period: { from: '2025-03-06', to: '2025-04-05' } }];
    expect(idsOf(candidatesFor(week({ carried, earlier })))).toEqual(['riser']);
  });

  test('papers of a day between two periods do, though they were known; those of a day before them all do not', () => {
    const carried = ['2025-03-02', '2025-03-09', '2025-03-10', '2025-03-12'].map((listedOn) =>
      before(listedOn, 1, { listedOn }),
    );
    expect(idsOf(candidatesFor(week({ carried })))).toEqual(['2025-03-10', '2025-03-12']);
  });

  test('however papers rise, no edition repeats one of an earlier edition', () => {
    const risen = fc.array(fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 50 }), fc.nat({ max: 50 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(risen, (papers) => {
        const editions: string[][] = [];
        for (let now = 0; now < 6; now++) {
          const known = papers.map(([born, early, late], n) =>
            before(`n${n}`, now > born ? late : early, { listedOn: `2025-0${1 + born}-05` }),
          );
          const chosen = choose(
            rank(
              candidatesFor({
                cadence: 'monthly',
                listed: known.filter((_, n) => papers[n]?.[0] === now),
                carried: known.filter((_, n) => (papers[n]?.[0] ?? 9) < now),
                earlier: editions.map((shown, n) => ({
                  period: { from: `2025-0${1 + n}-01`, to: `2025-0${1 + n}-28` },
                  cutoff: `2025-0${2 + n}-01T07:00:00.000Z`,
                  shown,
                })),
              }),
            ),
            3,
          );
          editions.push(
            chosen.filter(({ verdict }) => verdict === 'in').map(({ scored }) => scored.paper.paperId),
          );
        }
        expect(new Set(editions.flat()).size).toBe(editions.flat().length);
      }),
      { numRuns: 100 },
    );
  });
});
