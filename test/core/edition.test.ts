/** An edition's lanes: who may go on with one, and where it stands after a stop. */
import * as fc from 'fast-check';
import {
  cursorAfter,
  cursorBefore,
  EditionId,
  heldBack,
  isForgotten,
  LaneMessage,
  type Edition,
  type Lane,
} from '../../lambdas/core/edition';

const now = new Date('2025-03-17T07:00:00Z');
const lane = (status: Lane['status'], leaseUntil: string): Lane => ({ status, owner: 'one', leaseUntil });

test.each([
  ['at rest', lane('waiting', '2025-03-17T07:02:00Z'), false],
  ['rested, its message on the way', lane('waiting', '2025-03-17T06:50:00Z'), false],
  ['rested and silent', lane('waiting', '2025-03-17T06:40:00Z'), true],
  ['being walked', lane('sending', '2025-03-17T07:02:00Z'), false],
  ['left by an owner who died long ago', lane('sending', '2025-03-17T06:43:59Z'), true],
  ['done', lane('done', '2025-03-17T06:00:00Z'), false],
])('a lane that is %s', (_, one, forgotten) => {
  expect(isForgotten(one, 960_000, now)).toBe(forgotten);
});

const readers = (...ids: string[]) => ids.map((subscriberId) => ({ subscriberId }));
const tried = (subscriberId: string) => ({ subscriberId });
const untried = (subscriberId: string) => ({ subscriberId, untried: { reason: 'quota' } });

test.each([
  [
    'the first reader was not tried',
    [untried('a'), untried('b'), untried('c')],
    { confirmedTo: 'z0', settled: [] },
  ],
  ['a later one was not', [tried('a'), untried('b'), untried('c')], { confirmedTo: 'a', settled: [] }],
  ['the last one was not', [tried('a'), tried('b'), untried('c')], { confirmedTo: 'b', settled: [] }],
  [
    'readers behind were tried',
    [untried('a'), tried('b'), tried('c')],
    { confirmedTo: 'z0', settled: ['b', 'c'] },
  ],
  ['one in the middle was not', [tried('a'), untried('b'), tried('c')], { confirmedTo: 'a', settled: ['c'] }],
  ['one was settled by an earlier run', [untried('a'), untried('c')], { confirmedTo: 'z0', settled: ['b'] }],
  ['everybody was tried', [tried('a'), tried('b'), tried('c')], { confirmedTo: 'c', settled: [] }],
])('a lane stops where %s', (_, attempts, cursor) => {
  expect(cursorBefore(readers('a', 'b', 'c'), attempts, { confirmedTo: 'z0', settled: [] })).toEqual(cursor);
});

test('a lane that stops at its very first reader has no cursor', () => {
  expect(cursorBefore(readers('a'), [untried('a')], { confirmedTo: undefined, settled: [] })).toEqual({
    confirmedTo: undefined,
    settled: [],
  });
});

test('nobody who was tried is behind the cursor unnamed, and nobody untried is before it or named', () => {
  const group = fc
    .uniqueArray(fc.stringMatching(/^[\w-]{4}$/), { minLength: 1, maxLength: 10 })
    .map((ids) => ids.toSorted())
    .chain((ids) =>
      fc.tuple(
        ...ids.map((id) =>
          fc.record({ id: fc.constant(id), state: fc.constantFrom('tried', 'untried', 'settled before') }),
        ),
      ),
    );
  fc.assert(
    fc.property(group, (all) => {
      const attempts = all
        .filter(({ state }) => state !== 'settled before')
        .map(({ id, state }) => (state === 'untried' ? untried(id) : tried(id)));
      const { confirmedTo, settled } = cursorBefore(readers(...all.map(({ id }) => id)), attempts, {
        confirmedTo: undefined,
        settled: [],
      });
      for (const { id, state } of all) {
        const passed = confirmedTo !== undefined && id <= confirmedTo;
        expect(passed || settled.includes(id)).toBe(state !== 'untried');
      }
    }),
  );
});

test.each([
  ['weekly-2025-W11', true],
  ['daily-2025-03-14', true],
  ['monthly-2025-03', true],
  ['hourly-2025-03', false],
  ['weekly-2025-W11/../x', false],
  ['weekly-', false],
  ['', false],
])('%j is the name of an edition: %s', (text, fine) => {
  expect(EditionId.safeParse(text).success).toBe(fine);
});

test.each([
  ['00', true],
  ['3f', true],
  ['40', false],
  ['3F', false],
  ['0', false],
  ['000', false],
])('%j is a lane: %s', (shard, fine) => {
  expect(LaneMessage.safeParse({ editionId: 'weekly-2025-W11', shard }).success).toBe(fine);
});

test('who was tried out of turn stays named until the lane is past them, whoever joins in front', () => {
  const before = { confirmedTo: 'a', settled: ['c', 'z'], audience: 1 };
  expect(cursorAfter('m', before, 12)).toEqual({ confirmedTo: 'm', settled: ['z'], audience: 12 });
  const attempts = [tried('b'), untried('d')];
  expect(cursorBefore(readers('b', 'c', 'd'), attempts, before)).toEqual({
    confirmedTo: 'c',
    settled: ['z'],
  });
});

const edition: Edition = {
  editionId: 'weekly-2025-W11',
  cadence: 'weekly',
  title: 'Papers of 10–16 March 2025',
  period: { from: '2025-03-10', to: '2025-03-16' },
  scheduledFor: '2025-03-17T07:00:00.000Z',
  cutoff: '2025-03-17T07:00:01.000Z',
  papers: 10,
  considered: 98,
  status: 'sending',
};

test.each<[what: string, change: Partial<Edition>, hoursLater: number, held: string | undefined]>([
  ['due just now', {}, 0, undefined],
  ['as late as it may be', {}, 36, undefined],
  ['later than that: a restored backup, say', {}, 37, 'late'],
  ['on its way for days under a small quota', { aliveAt: '2025-03-19T06:45:00.000Z' }, 48, undefined],
  ['paused', { status: 'paused' }, 0, 'paused'],
  ['cancelled', { status: 'cancelled' }, 0, 'over'],
  ['done', { status: 'done' }, 0, 'over'],
])('an edition that is %s', (_, change, hoursLater, held) => {
  expect(heldBack({ ...edition, ...change }, 36, new Date(now.getTime() + hoursLater * 3_600_000))).toBe(
    held,
  );
});
