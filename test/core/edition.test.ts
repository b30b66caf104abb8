/** An edition's lanes: who may go on with one, and where it stands after a stop. */
import * as fc from 'fast-check';
import { cursorBefore, EditionId, isFree, LaneMessage, type Lane } from '../../lambdas/core/edition';

const now = new Date('2025-03-17T07:00:00Z');
const lane = (status: Lane['status'], leaseUntil: string): Lane => ({ status, owner: 'one', leaseUntil });

test.each([
  ['nobody’s', lane('waiting', '2025-03-17T07:02:00Z'), true],
  ['being walked', lane('sending', '2025-03-17T07:02:00Z'), false],
  ['being walked to this very moment', lane('sending', '2025-03-17T07:00:00Z'), false],
  ['left by an owner who died', lane('sending', '2025-03-17T06:59:59Z'), true],
  ['done', lane('done', '2025-03-17T06:00:00Z'), false],
])('a lane that is %s', (_, one, free) => {
  expect(isFree(one, now)).toBe(free);
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
  expect(cursorBefore(readers('a', 'b', 'c'), attempts, 'z0')).toEqual(cursor);
});

test('a lane that stops at its very first reader has no cursor', () => {
  expect(cursorBefore(readers('a'), [untried('a')], undefined)).toEqual({
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
      const { confirmedTo, settled } = cursorBefore(readers(...all.map(({ id }) => id)), attempts, undefined);
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
