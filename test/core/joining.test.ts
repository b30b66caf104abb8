/** Asking to join: what comes of it, by the standing of who asks. */
import type { Address } from '../../lambdas/core/address';
import { confirm } from '../../lambdas/core/confirming';
import { join } from '../../lambdas/core/joining';
import type { Subscriber } from '../../lambdas/core/subscriber';
import { ada, known, later, monday } from './known';

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
