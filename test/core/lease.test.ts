/** How a lease's time is divided: what a sender begins has ended before somebody else may go on. */
import { leaseTimes } from '../../lambdas/core/lease';

test('of two minutes: calls of 20 seconds that start 25 before the end, groups 45 and rows 10', () => {
  expect(leaseTimes(120)).toEqual({
    lease: 120_000,
    call: 20_000,
    beforeCall: 25_000,
    beforeGroup: 45_000,
    forRows: 10_000,
  });
});

test.each([5, 7, 30, 120, 240])('with a lease of %i seconds', (seconds) => {
  const { lease, call, beforeCall, beforeGroup, forRows } = leaseTimes(seconds);
  expect(lease).toBe(seconds * 1_000);
  expect(beforeCall).toBeGreaterThan(call); // a call that begins in time has ended, and its answer is read
  expect(beforeGroup - forRows).toBeGreaterThan(beforeCall); // a group that is begun can make a call
  expect(beforeGroup).toBeLessThan(lease); // and a lease has room for one
});
