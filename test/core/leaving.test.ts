/** Leaving: what comes of it, by the standing of who leaves. */
import { leave } from '../../lambdas/core/leaving';
import { known, later } from './known';

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
