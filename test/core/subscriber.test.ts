/** A subscriber's standing: what joining, confirming and leaving do to it, whatever it was. */
import * as fc from 'fast-check';
import type { Address } from '../../lambdas/core/address';
import { confirm, INVITATION_HOURS, join, leave, Subscriber } from '../../lambdas/core/subscriber';

const ada = 'ada@example.org' as Address;
const monday = new Date('2025-03-10T08:00:00.000Z');
const later = (hours: number, from = monday): Date => new Date(from.getTime() + hours * 3_600_000);

type Status = Subscriber['status'] | 'stranger';

/** A stranger is nobody we know; everybody else asked on Monday. */
const known = (status: Status): Subscriber | undefined =>
  status === 'stranger'
    ? undefined
    : {
        subscriberId: 'ada',
        address: ada,
        status,
        cadence: 'weekly',
        consent: { askedAt: monday.toISOString() },
        revision: 4,
      };

test.each([
  ['stranger', { outcome: 'invited', subscriber: { status: 'pending' } }],
  ['pending', { outcome: 'invited', subscriber: { status: 'pending' } }],
  ['unsubscribed', { outcome: 'invited', subscriber: { status: 'pending' } }],
  ['active', { outcome: 'already-active' }],
  ['paused', { outcome: 'already-active' }],
  ['suppressed', { outcome: 'suppressed' }],
] as const)('%s who asks to join: %j', (status, joining) => {
  expect(join(known(status), 'ada', ada, {}, later(1))).toMatchObject(joining);
});

test('a stranger becomes a pending subscriber with nothing but the moment they asked', () => {
  expect(join(undefined, 'ada', ada, {}, monday)).toEqual({
    outcome: 'invited',
    subscriber: { ...known('pending'), revision: 1 },
  });
});

test('asking twice does not spoil the link of the first invitation', () => {
  const asked = join(known('pending'), 'ada', ada, {}, later(3));
  if (asked.outcome !== 'invited') throw new Error('not invited');
  expect(asked.subscriber.consent.askedAt).toBe(monday.toISOString());
  expect(confirm(asked.subscriber, monday, later(4)).outcome).toBe('welcomed');
});

test('who comes back is asked again, and what they agreed to and when they left stays on record', () => {
  const consent = {
    askedAt: monday.toISOString(),
    confirmedAt: later(1).toISOString(),
    leftAt: later(2).toISOString(),
  };
  const gone = { ...known('unsubscribed'), consent } as Subscriber;
  const joining = join(gone, 'ada', 'ADA@example.org' as Address, {}, later(3));
  expect(joining).toMatchObject({
    subscriber: {
      status: 'pending',
      address: 'ADA@example.org',
      consent: { ...consent, askedAt: later(3).toISOString() },
    },
  });
});

test.each([
  ['stranger', 'expired'],
  ['pending', 'welcomed'],
  ['active', 'already-active'],
  ['paused', 'already-active'],
  ['unsubscribed', 'expired'],
  ['suppressed', 'expired'],
] as const)('%s who opens a fresh link: %s', (status, outcome) => {
  expect(confirm(known(status), monday, later(1)).outcome).toBe(outcome);
});

test.each([
  ['to the last moment', INVITATION_HOURS, 0, 'welcomed'],
  ['and no longer', INVITATION_HOURS, 1, 'expired'],
  ['a month later', 720, 0, 'expired'],
])('a link works %s', (_, hours, milliseconds, outcome) => {
  expect(confirm(known('pending'), monday, new Date(later(hours).getTime() + milliseconds)).outcome).toBe(
    outcome,
  );
});

test.each([
  ['of the same second works, since links carry whole seconds', '2025-03-10T08:00:00.999Z', 'welcomed'],
  ['of the second before is of an earlier life', '2025-03-10T08:00:01.000Z', 'expired'],
  ['of the hour before too', '2025-03-10T09:00:00.000Z', 'expired'],
])('after coming back, a link %s', (_, askedAt, outcome) => {
  const back = { ...known('pending'), consent: { askedAt } } as Subscriber;
  expect(confirm(back, monday, later(2)).outcome).toBe(outcome);
});

test('a welcomed reader is active, and the moment of consent is kept', () => {
  const confirming = confirm(known('pending'), monday, later(1));
  expect(confirming).toMatchObject({
    subscriber: {
      status: 'active',
      consent: { askedAt: monday.toISOString(), confirmedAt: later(1).toISOString() },
      revision: 5,
    },
  });
});

const left = {
  outcome: 'left',
  subscriber: { status: 'unsubscribed', consent: { leftAt: later(1).toISOString() } },
};

test.each([
  ['stranger', { outcome: 'not-subscribed' }],
  ['pending', left],
  ['active', left],
  ['paused', left],
  ['unsubscribed', { outcome: 'not-subscribed' }],
  ['suppressed', { outcome: 'not-subscribed' }],
] as const)('%s who leaves: %j', (status, leaving) => {
  expect(leave(known(status), later(1))).toMatchObject(leaving);
});

/** What a reader does after a while (in ms); `link` counts back from the newest of their links. */
const steps = fc.array(
  fc.record({
    wait: fc.oneof(fc.nat({ max: 1_500 }), fc.nat({ max: 3 * 86_400_000 })),
    act: fc.constantFrom('join', 'confirm', 'leave'),
    link: fc.nat({ max: 5 }),
  }),
  { maxLength: 30 },
);

/** Links carry whole seconds. */
const wholeSecond = (at: Date): number => Math.floor(at.getTime() / 1000);

interface Moment {
  act: string;
  status: Subscriber['status'] | undefined;
  /** In seconds: now, the newest leaving, and the link's making, which only `confirm` uses. */
  now: number;
  left: number;
  link: number;
}

function lived(life: { wait: number; act: string; link: number }[]): Moment[] {
  let [reader, now, leftAt]: [Subscriber | undefined, Date, number] = [undefined, monday, 0];
  const links: number[] = [];
  return life.map(({ wait, act, link }) => {
    now = new Date(now.getTime() + wait);
    const made = links.at(-1 - link) ?? 0;
    const tried =
      act === 'join'
        ? join(reader, 'ada', ada, {}, now)
        : act === 'leave'
          ? leave(reader, now)
          : confirm(reader, new Date(made * 1000), now);
    if (tried.outcome === 'invited') links.push(wholeSecond(now));
    if (tried.outcome === 'left') leftAt = wholeSecond(now);
    reader = 'subscriber' in tried ? Subscriber.parse(tried.subscriber) : reader;
    return { act, status: reader?.status, now: wholeSecond(now), left: leftAt, link: made };
  });
}

test('nobody becomes active but by a link that is newer than their last leaving and not too old', () => {
  fc.assert(
    fc.property(steps, (life) => {
      const moments = lived(life);
      const activated = moments.filter(
        ({ status }, n) => status === 'active' && moments[n - 1]?.status !== 'active',
      );
      for (const { act, now, left: leftAt, link } of activated) {
        expect(act).toBe('confirm');
        expect(link).toBeGreaterThanOrEqual(leftAt);
        expect(now - link).toBeLessThanOrEqual(INVITATION_HOURS * 3_600);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('a suppressed address stays suppressed, whatever its owner does', () => {
  const suppressed = known('suppressed');
  expect(join(suppressed, 'ada', ada, {}, later(1))).toEqual({ outcome: 'suppressed' });
  expect(confirm(suppressed, later(1), later(1))).toEqual({ outcome: 'expired' });
  expect(leave(suppressed, later(1))).toEqual({ outcome: 'not-subscribed' });
});
