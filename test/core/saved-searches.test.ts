/** A reader's searches and cadence: who asks for what, what is only a wish, and what is remembered. */
import * as fc from 'fast-check';
import { confirm, INVITATION_HOURS } from '../../lambdas/core/confirming';
import { join, type Asked } from '../../lambdas/core/joining';
import { leave } from '../../lambdas/core/leaving';
import { prefer } from '../../lambdas/core/preferences';
import { saving } from '../../lambdas/core/saved-searches';
import { searchesOf, Subscriber } from '../../lambdas/core/subscriber';
import { ada, later, monday } from './known';

const since = monday.toISOString();
const saved = (...texts: string[]): Partial<Subscriber> => ({
  searches: texts.map((text) => ({ text, since })),
});
const FIVE = ['one', 'two', 'three', 'four', 'five'];
const five = saved(...FIVE);

const reader = (had: Partial<Subscriber> = {}): Subscriber => ({
  subscriberId: 'ada',
  address: ada,
  status: 'active',
  cadence: 'weekly',
  consent: { askedAt: since },
  revision: 4,
  ...had,
});

const asksFor = (who: Subscriber | undefined, asked: Asked, at = later(1)) =>
  join(who, 'ada', ada, asked, at);

/** The subscriber as asking leaves them. */
function after(who: Subscriber | undefined, asked: Asked, at?: Date): Subscriber {
  const joining = asksFor(who, asked, at);
  if (!('subscriber' in joining)) throw new Error(joining.outcome);
  return joining.subscriber;
}

/** By the form of the preferences, where all that is wanted is sent. */
const adds = (one: Subscriber, text: string, at: Date): Subscriber =>
  prefer(one, { searches: [...searchesOf(one), text] }, at);
const givesUp = (one: Subscriber, text: string, at: Date): Subscriber =>
  prefer(one, { searches: searchesOf(one).filter((other) => other !== text) }, at);

const inForceOf = (one: Subscriber) => ({ cadence: one.cadence, searches: searchesOf(one) });

test.each<[who: string, had: Subscriber | undefined, asked: Asked, cadence: string, searches: string[]]>([
  ['a stranger who asks for nothing more', undefined, {}, 'weekly', []],
  ['a stranger with a search', undefined, { search: 'a' }, 'weekly', ['a']],
  ['a stranger with a cadence', undefined, { cadence: 'monthly' }, 'monthly', []],
  [
    'a pending one who asks for another',
    reader({ status: 'pending', ...saved('a') }),
    { search: 'b' },
    'weekly',
    ['a', 'b'],
  ],
  [
    'a pending one who asks again',
    reader({ status: 'pending', ...saved('a') }),
    { search: 'a' },
    'weekly',
    ['a'],
  ],
  [
    'a pending one who asked for every day',
    reader({ status: 'pending', cadence: 'daily' }),
    { search: 'a' },
    'daily',
    ['a'],
  ],
  [
    'a pending one who chooses anew',
    reader({ status: 'pending', cadence: 'daily' }),
    { cadence: 'weekly' },
    'weekly',
    [],
  ],
  [
    'one who left and comes back',
    reader({ status: 'unsubscribed' }),
    { search: 'a', cadence: 'daily' },
    'daily',
    ['a'],
  ],
  [
    'a pending one with five who asks for a sixth',
    reader({ status: 'pending', ...five }),
    { search: 'six' },
    'weekly',
    FIVE,
  ],
])('%s waits for exactly what they asked for', (_, had, asked, cadence, searches) => {
  const waits = after(had, asked);
  expect(inForceOf(waits)).toEqual({ cadence, searches });
  expect(waits).toMatchObject({ status: 'pending', revision: had ? 5 : 1 });
});

test('a sixth search of somebody who waits is said to be left out', () => {
  expect(asksFor(reader({ status: 'pending', ...five }), { search: 'six' })).toMatchObject({
    outcome: 'invited',
    leftOut: 'six',
  });
});

test.each<[what: string, had: Partial<Subscriber>, asked: Asked, joining: object]>([
  ['nothing', {}, {}, { outcome: 'already-active' }],
  ['their cadence', {}, { cadence: 'weekly' }, { outcome: 'already-active' }],
  ['what they have', saved('a'), { search: 'a', cadence: 'weekly' }, { outcome: 'already-active' }],
  ['one of their five searches', five, { search: 'five' }, { outcome: 'already-active' }],
  ['another search', saved('a'), { search: 'b' }, { outcome: 'wished', wish: { search: 'b' } }],
  ['another cadence', {}, { cadence: 'daily' }, { outcome: 'wished', wish: { cadence: 'daily' } }],
  [
    'another cadence for a search they have',
    saved('a'),
    { search: 'a', cadence: 'daily' },
    { outcome: 'wished', wish: { search: undefined, cadence: 'daily' } },
  ],
  [
    'a search and a cadence',
    {},
    { search: 'b', cadence: 'daily' },
    { outcome: 'wished', wish: { search: 'b', cadence: 'daily' } },
  ],
  ['a sixth search', five, { search: 'six' }, { outcome: 'full', leftOut: 'six' }],
  [
    'a sixth search and a cadence',
    five,
    { search: 'six', cadence: 'daily' },
    { outcome: 'wished', wish: { search: undefined, cadence: 'daily' }, leftOut: 'six' },
  ],
])('for a reader, active or paused, somebody asks for %s: it is a wish at most', (_, had, asked, joining) => {
  for (const status of ['active', 'paused'] as const)
    expect(asksFor(reader({ ...had, status }), asked)).toMatchObject(joining);
});

test.each(['active', 'paused'] as const)(
  'in the row of a reader who is %s a wish changes nothing else',
  (status) => {
    const who = reader({ status, ...saved('a') });
    const { wish, ...rest } = after(who, { search: 'b', cadence: 'daily' });
    expect(wish).toEqual({ search: 'b', cadence: 'daily', askedAt: later(1).toISOString() });
    expect(rest).toEqual({ ...who, revision: 5 });
  },
);

test('what a reader wished for counts from the moment they confirm it', () => {
  const wishes = after(reader(saved('a')), { search: 'b', cadence: 'daily' });
  const confirming = confirm(wishes, later(1), later(2));
  if (confirming.outcome !== 'changed') throw new Error(confirming.outcome);
  expect(confirming.subscriber).toEqual({
    ...reader({ cadence: 'daily' }),
    formerCadences: [{ cadence: 'weekly', until: later(2).toISOString() }],
    searches: [
      { text: 'a', since },
      { text: 'b', since: later(2).toISOString() },
    ],
    revision: 6,
  });
  expect(confirm(confirming.subscriber, later(1), later(2))).toEqual({ outcome: 'already-active' });
});

test('a wish of a paused reader leaves them paused', () => {
  const wishes = after({ ...reader(), status: 'paused' }, { search: 'b' });
  expect(confirm(wishes, later(1), later(2))).toMatchObject({
    outcome: 'changed',
    subscriber: { status: 'paused' },
  });
});

test.each([
  ['of its mail', 1, 2, 'changed'],
  ['of the invitation, an hour older', 0, 2, 'expired'],
  ['of its mail to the last moment', 1, 1 + INVITATION_HOURS, 'changed'],
  ['of its mail after 50 hours', 1, 51, 'expired'],
])('a wish meets the link %s, %i hours in, pressed at hour %i: %s', (_, made, pressed, outcome) => {
  const wishes = after(reader(), { search: 'b' });
  expect(confirm(wishes, later(made), later(pressed)).outcome).toBe(outcome);
});

test('a second wish takes the place of the first, whose link grants neither', () => {
  const twice = after(after(reader(), { search: 'a' }), { search: 'b' }, later(2));
  expect(confirm(twice, later(1), later(3))).toEqual({ outcome: 'expired' });
  expect(confirm(twice, later(2), later(3))).toMatchObject({ subscriber: { searches: [{ text: 'b' }] } });
});

test('but the same wish twice is one, and both links grant it', () => {
  const twice = after(after(reader(), { search: 'a' }), { search: 'a' }, later(2));
  for (const link of [later(1), later(2)]) expect(confirm(twice, link, later(3)).outcome).toBe('changed');
});

test('a search that lost its room before it was confirmed is left out', () => {
  const wishes = after(reader(saved('1', '2', '3', '4')), { search: 'six' });
  const full = adds(wishes, 'five', later(1));
  expect(confirm(full, later(1), later(2))).toMatchObject({ outcome: 'changed', leftOut: 'six' });
});

test('who leaves gives up their searches and their wish, and comes back with what they ask for then', () => {
  const left = leave(after(reader(saved('a')), { search: 'b', cadence: 'daily' }), later(2));
  if (left.outcome !== 'left') throw new Error(left.outcome);
  expect(left.subscriber.wish).toBeUndefined();
  expect(searchesOf(left.subscriber)).toEqual([]);
  const back = after({ ...left.subscriber, cadence: 'daily' }, { search: 'c' }, later(3));
  expect(inForceOf(back)).toEqual({ cadence: 'weekly', searches: ['c'] });
  expect(back.searches).toContainEqual({ text: 'a', since, until: later(2).toISOString() });
});

test('searches of somebody who waits count from the day they confirm: nothing came before', () => {
  const waits = after(undefined, { search: 'a' }, monday);
  const confirming = confirm(waits, monday, later(24));
  expect(confirming).toMatchObject({
    subscriber: { searches: [{ text: 'a', since: later(24).toISOString() }] },
  });
});

test.each([
  ['a new search', saved('a'), 'b', 'added'],
  ['a search that is there', saved('a'), 'a', 'known'],
  ['a sixth search', five, 'six', 'full'],
  ['one of five searches', five, 'five', 'known'],
])('adding %s', (_, had, text, outcome) => {
  expect(saving(had.searches ?? [], text, later(1)).outcome).toBe(outcome);
});

test('a search that was given up is remembered for 60 days, beside itself when it comes back', () => {
  const gone = givesUp(reader(saved('a', 'b')), 'a', later(1));
  expect(gone).toEqual(
    reader({
      searches: [
        { text: 'a', since, until: later(1).toISOString() },
        { text: 'b', since },
      ],
      revision: 5,
    }),
  );
  expect(givesUp(gone, 'a', later(2))).toBe(gone);
  const textsAfter = (hours: number) => adds(gone, 'a', later(hours)).searches?.map(({ text }) => text);
  expect([textsAfter(1 + 60 * 24), textsAfter(2 + 60 * 24)]).toEqual([
    ['a', 'b', 'a'],
    ['b', 'a'],
  ]);
});

test('of searches added and given up over and over, the last twenty are remembered, each for its own time', () => {
  let one = reader();
  for (let hour = 0; hour < 60; hour += 2) one = givesUp(adds(one, 'a', later(hour)), 'a', later(hour + 1));
  expect(one.searches).toEqual(
    Array.from({ length: 20 }, (_, n) => ({
      text: 'a',
      since: later(20 + 2 * n).toISOString(),
      until: later(21 + 2 * n).toISOString(),
    })),
  );
});

const steps = fc.array(
  fc.record({
    days: fc.nat({ max: 40 }),
    act: fc.constantFrom('ask', 'confirm', 'leave', 'add', 'give up'),
    search: fc.constantFrom(...FIVE, 'six', 'seven'),
    cadence: fc.constantFrom('weekly' as const, 'daily' as const, undefined),
  }),
  { maxLength: 60 },
);

test('nobody has more than five searches, or one twice, and the row stays small', () => {
  fc.assert(
    fc.property(steps, (life) => {
      let [one, now, link]: [Subscriber | undefined, Date, Date] = [undefined, monday, monday];
      for (const { days, act, search, cadence } of life) {
        now = later(24 * days, now);
        if (act === 'ask') link = now;
        const tried = step(one, act, { search, cadence }, link, now);
        if (tried.subscriber) one = Subscriber.parse(tried.subscriber);
        const inForce = one ? searchesOf(one) : [];
        expect(inForce.length).toBeLessThanOrEqual(5);
        expect(new Set(inForce).size).toBe(inForce.length);
        expect(one?.searches?.length ?? 0).toBeLessThanOrEqual(25);
      }
    }),
    { numRuns: 1_000 },
  );
});

function step(
  one: Subscriber | undefined,
  act: string,
  asked: { search: string; cadence: Asked['cadence'] },
  link: Date,
  now: Date,
): { outcome?: string; subscriber?: Subscriber | undefined } {
  if (act === 'ask') return asksFor(one, asked, now);
  if (act === 'confirm') return confirm(one, link, now);
  if (act === 'leave') return leave(one, now);
  if (!one) return {};
  return { subscriber: (act === 'add' ? adds : givesUp)(one, asked.search, now) };
}

test('whatever a stranger types into the form, a reader has what they had', () => {
  const asks = fc.record({
    search: fc.constantFrom(...FIVE, 'six', undefined),
    cadence: fc.constantFrom('weekly' as const, 'daily' as const, undefined),
  });
  fc.assert(
    fc.property(fc.array(asks), (strangers) => {
      let one = reader(saved('one'));
      for (const asked of strangers) {
        const told = asksFor(one, asked);
        if ('subscriber' in told) one = told.subscriber;
        expect(inForceOf(one)).toEqual({ cadence: 'weekly', searches: ['one'] });
      }
    }),
  );
});
