/** What preferences, a pause, a move and an erasure make of a subscriber, and of an edition under way. */
import type { Address } from '../../lambdas/core/address';
import { confirm } from '../../lambdas/core/confirming';
import { due } from '../../lambdas/core/delivery';
import { heard } from '../../lambdas/core/feedback';
import { join } from '../../lambdas/core/joining';
import { erased, leave } from '../../lambdas/core/leaving';
import { arrivalAt, askToMove, departed, move } from '../../lambdas/core/moving';
import { isPaused, localeOf, pause, prefer, readSearches, resume } from '../../lambdas/core/preferences';
import { stored, Subscriber } from '../../lambdas/core/subscriber';

const monday = new Date('2025-03-10T08:00:00.000Z');
const later = (hours: number): Date => new Date(monday.getTime() + hours * 3_600_000);
const iso = (hours: number): string => later(hours).toISOString();
const since = iso(-100);

const reader = (change: Partial<Subscriber> = {}): Subscriber => ({
  subscriberId: 'ada',
  address: 'ada@example.org' as Address,
  status: 'active',
  cadence: 'weekly',
  consent: { askedAt: since, confirmedAt: since },
  revision: 4,
  ...change,
});

const searches = (...texts: string[]) => texts.map((text) => ({ text, since }));
const statuses = ['pending', 'active', 'paused', 'unsubscribed', 'suppressed', 'erased'] as const;

test.each([
  [{}],
  [{ cadence: 'weekly' }],
  [{ locale: 'en-GB' }],
  [{ searches: ['a', 'b'] }],
  [{ searches: ['b', 'a', 'a'] }],
] as const)('who wants %j as it is anyway has nothing written', (wanted) => {
  const known = reader({ searches: searches('a', 'b') });
  expect(prefer(known, wanted, monday)).toBe(known);
});

test('what changes is changed, what is given up is remembered for a while, and the row counts one change', () => {
  const known = reader({ searches: searches('a', 'b') });
  const wanted = { cadence: 'daily', locale: 'ja', searches: ['b', 'c'] } as const;
  expect(prefer(known, wanted, monday)).toEqual({
    ...known,
    cadence: 'daily',
    formerCadences: [{ cadence: 'weekly', until: iso(0) }],
    locale: 'ja',
    searches: [
      { text: 'a', since, until: iso(0) },
      { text: 'b', since },
      { text: 'c', since: iso(0) },
    ],
    revision: 5,
  });
});

test.each(statuses.filter((status) => status !== 'active' && status !== 'paused'))(
  'who is %s has nothing to set, to pause, to resume or to move',
  (status) => {
    const known = reader({ status });
    expect(prefer(known, { cadence: 'daily', searches: ['a'] }, monday)).toBe(known);
    expect(pause(known, 3, monday)).toBe(known);
    expect(resume(known, monday)).toBe(known);
    expect(askToMove(known, 'new@example.org' as Address, monday)).toBe(known);
  },
);

test('searches are read field by field', () => {
  expect(readSearches([' A  b!', '', '  ', 'cat:', '1', 'sixth'])).toEqual([
    { typed: ' A  b!', text: 'a b' },
    { typed: '' },
    { typed: '' },
    { typed: 'cat:', problem: expect.stringContaining('nothing behind') as string },
    { typed: '1', text: '1' },
  ]);
});

test('a language that is offered no more counts as none', () => {
  expect(['de', 'tlh', undefined].map((locale) => localeOf({ locale }))).toEqual(['de', 'en-GB', 'en-GB']);
});

const edition = { cadence: 'weekly', cutoff: iso(24 * 7) };

test.each([
  ['to the edition’s cutoff', iso(24 * 7), { due: 'digest' }],
  ['beyond it', iso(24 * 7 + 1), { due: 'skip', reason: 'paused' }],
])('a pause %s', (_, pausedUntil, what) => {
  expect(due(reader({ pausedUntil }), edition)).toEqual(what);
});

test('a pause lasts its weeks, a new one takes its place, and it ends by itself, by hand, or when they leave', () => {
  const paused = pause(reader(), 2, monday);
  expect(paused).toMatchObject({ status: 'active', pausedUntil: iso(2 * 7 * 24) });
  expect(pause(paused, 1, monday).pausedUntil).toBe(iso(7 * 24));
  expect([isPaused(paused, later(335)), isPaused(paused, later(336))]).toEqual([true, false]);
  expect(resume(paused, later(1))).toMatchObject({ status: 'active', pausedUntil: undefined });
  expect(resume(reader({ status: 'paused' }), monday)).toMatchObject({ status: 'active' });
  expect(leave(paused, later(1))).toMatchObject({ subscriber: { pausedUntil: undefined } });
});

describe('erased', () => {
  test.each(statuses)('who was %s leaves nothing but the id, a standing and a moment', (status) => {
    const suppression = { reason: 'complained', at: since } as const;
    const whole = reader({
      status,
      searches: searches('a'),
      locale: 'de',
      pausedUntil: iso(9),
      moving: { to: 'new@example.org' as Address, askedAt: since },
      movedFrom: { subscriberId: 'old', at: since },
      softBounces: ['weekly-2025-W01'],
      ...(status === 'suppressed' && { suppression }),
    });
    const left = stored(erased(whole, monday));
    expect(left).toEqual({
      subscriberId: 'ada',
      status: status === 'suppressed' ? 'suppressed' : 'erased',
      ...(status === 'suppressed' && { suppression }),
      erasedAt: iso(0),
      revision: 5,
    });
    expect(JSON.stringify(left)).not.toMatch(/example|@/);
    expect(stored(Subscriber.parse(left))).toEqual(left);
  });

  test('they are a stranger to who asks to join, but never to one who bounced', () => {
    const gone = erased(reader({ searches: searches('a'), cadence: 'monthly' }), monday);
    const address = 'Ada@example.org' as Address;
    expect(join(gone, 'ada', address, {}, later(1))).toMatchObject({
      outcome: 'invited',
      subscriber: { ...reader(), address, status: 'pending', consent: { askedAt: iso(1) }, revision: 6 },
    });
    expect(confirm(gone, later(1), later(1))).toEqual({ outcome: 'expired' });
    expect(leave(gone, later(1))).toEqual({ outcome: 'not-subscribed' });
    const bounced = erased(reader({ status: 'suppressed' }), monday);
    expect(join(bounced, 'ada', address, {}, later(1))).toEqual({ outcome: 'suppressed' });
  });

  test('an edition frozen before has them in its books, one frozen after has not', () => {
    for (const status of ['active', 'suppressed'] as const) {
      const gone = Subscriber.parse(stored(erased(reader({ status, cadence: 'daily' }), monday)));
      expect(due(gone, { ...edition, cutoff: iso(-1) })).toEqual({ due: 'skip', reason: 'unsubscribed' });
      expect(due(gone, edition)).toEqual({ due: 'nothing' });
    }
  });

  test('who came back while it is under way is in its books still, and gets the next one', () => {
    const gone = erased(reader(), monday);
    const joining = join(gone, 'ada', reader().address, {}, later(1));
    if (joining.outcome !== 'invited') throw new Error('not invited');
    const back = confirm(joining.subscriber, later(1), later(2));
    if (back.outcome !== 'welcomed') throw new Error('not welcomed');
    expect(due(back.subscriber, { ...edition, cutoff: iso(-1) }).due).toBe('skip');
    expect(due(back.subscriber, edition).due).toBe('digest');
  });

  test('a late bounce suppresses them and stores no more than that', () => {
    const next = heard(erased(reader(), monday), 'bounced', {
      editionId: undefined,
      lastEditions: [],
      now: later(1),
    });
    expect(next && stored(next)).toEqual({
      subscriberId: 'ada',
      status: 'suppressed',
      suppression: { reason: 'bounced', at: iso(1) },
      erasedAt: iso(0),
      revision: 6,
    });
  });
});

describe('moving', () => {
  const to = 'new@example.org' as Address;
  const link = { subscriberId: 'new', issuedAt: later(1) };
  const asked = askToMove(reader({ searches: searches('a'), pausedUntil: iso(500) }), to, later(1));
  const target = (change: Partial<Subscriber>): Subscriber =>
    reader({ subscriberId: 'new', address: to, revision: 8, ...change });
  const moved = (at: Subscriber | undefined): Subscriber => {
    const moving = move(asked, to, at, link, later(2));
    if (moving.outcome !== 'moving') throw new Error(`not moving: ${moving.outcome}`);
    return moving.arriving;
  };

  test.each([
    ['nobody', undefined, 'open', 'moving'],
    ['pending', 'pending', 'open', 'moving'],
    ['unsubscribed', 'unsubscribed', 'open', 'moving'],
    ['erased', 'erased', 'open', 'moving'],
    ['active', 'active', 'taken', 'taken'],
    ['paused', 'paused', 'taken', 'taken'],
    ['suppressed', 'suppressed', 'suppressed', 'taken'],
  ] as const)('to where %s is: %s', (_, status, arrival, outcome) => {
    const there = status && target({ status });
    expect(arrivalAt(there)).toBe(arrival);
    expect(move(asked, to, there, link, later(2)).outcome).toBe(outcome);
  });

  test.each(['pending', 'unsubscribed', 'suppressed', 'erased'] as const)(
    'nobody moves from where they are %s',
    (status) => {
      expect(move({ ...asked, status }, to, undefined, link, later(2))).toEqual({ outcome: 'expired' });
    },
  );

  test('a link is of the last request, in time, and for the address asked for', () => {
    const outcomeAt = (issuedAt: Date, now: Date): string =>
      move(asked, to, undefined, { ...link, issuedAt }, now).outcome;
    expect(outcomeAt(later(1), later(49))).toBe('moving');
    expect(outcomeAt(later(1), new Date(later(49).getTime() + 1))).toBe('expired');
    expect(outcomeAt(new Date(later(1).getTime() - 1_000), later(2))).toBe('expired');
    expect(move(asked, undefined, undefined, link, later(2)).outcome).toBe('expired');
    expect(move(reader(), to, undefined, link, later(2)).outcome).toBe('expired');
  });

  test('asking again for the same address keeps the first link, for another it does not', () => {
    expect(askToMove(asked, to, later(5)).moving?.askedAt).toBe(iso(1));
    expect(askToMove(asked, 'x@example.org' as Address, later(5)).moving?.askedAt).toBe(iso(5));
  });

  test.each([
    ['nobody was there', undefined],
    [
      'somebody left there in the meantime',
      target({ status: 'unsubscribed', consent: { askedAt: since, confirmedAt: since, leftAt: iso(1.5) } }),
    ],
    ['somebody was erased there in the meantime', erased(target({}), later(1.5))],
  ])('an edition goes to one row of the two: %s', (_, there) => {
    const arrived = moved(there);
    const old = departed(asked, 'new', later(2));
    if (!old) throw new Error('not departed');
    const shares = (cutoff: string) =>
      [old, arrived].map((row) => due({ ...row, pausedUntil: undefined }, { cadence: 'weekly', cutoff }).due);
    expect(shares(iso(1))).toEqual(['skip', there ? 'skip' : 'nothing']);
    expect(shares(iso(3))).toEqual(['nothing', 'digest']);
  });

  test('pressing again finds it done; a crash between the two rows is mended', () => {
    const arrived = moved(undefined);
    expect(move(asked, to, arrived, link, later(3))).toEqual({ outcome: 'arrived' });
    expect(move(departed(asked, 'new', later(2)), undefined, arrived, link, later(3))).toEqual({
      outcome: 'arrived',
    });
    const goneSince = { ...arrived, status: 'unsubscribed' as const };
    expect(move(departed(asked, 'new', later(2)), undefined, goneSince, link, later(3))).toEqual({
      outcome: 'expired',
    });
  });

  test('they can move back', () => {
    const arrived = moved(undefined);
    const old = departed(asked, 'new', later(2));
    const back = askToMove(arrived, reader().address, later(3));
    const home = move(back, reader().address, old, { subscriberId: 'ada', issuedAt: later(3) }, later(4));
    expect(home).toMatchObject({
      outcome: 'moving',
      arriving: { address: 'ada@example.org', status: 'active' },
    });
    expect(home).not.toHaveProperty('arriving.movedTo');
  });
});
