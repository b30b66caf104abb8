/** Agreeing by a link: whose word counts, and for how long. */
import { confirm, INVITATION_HOURS } from '../../lambdas/core/confirming';
import type { Subscriber } from '../../lambdas/core/subscriber';
import { known, later, monday } from './known';

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
