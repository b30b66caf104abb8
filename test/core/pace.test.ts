/** The pace of sending: even, under SES's rate in every second, and within the day's quota. */
import * as fc from 'fast-check';
import { leftToday, pacer, percentUsed, spacing, type Quota } from '../../lambdas/core/pace';

const quota = (change: Partial<Quota> = {}): Quota => ({
  perSecond: 14,
  perDay: 50_000,
  sentToday: 0,
  ...change,
});

test.each<[what: string, of: Quota, left: number]>([
  ['a fresh day leaves a fifth to invitations', quota(), 40_000],
  ['the sandbox allows 160 of its 200', quota({ perDay: 200 }), 160],
  ['what was sent counts', quota({ perDay: 200, sentToday: 100 }), 60],
  ['nothing is left, and not less than nothing', quota({ perDay: 200, sentToday: 199 }), 0],
])('%s', (_, of, left) => {
  expect(leftToday(of)).toBe(left);
});

/** The most moments that fall into any second that begins at one of them. */
function busiestSecond(moments: readonly number[]): number {
  return Math.max(...moments.map((from) => moments.filter((at) => at >= from && at < from + 1000).length));
}

test('no second has more calls than SES allows, however many senders and whatever pauses they make', () => {
  fc.assert(
    fc.property(
      fc.record({
        perSecond: fc.integer({ min: 1, max: 200 }),
        senders: fc.integer({ min: 2, max: 6 }),
        waits: fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 20, maxLength: 60 }),
      }),
      ({ perSecond, senders, waits }) => {
        const gap = spacing(quota({ perSecond }), senders);
        const moments = Array.from({ length: senders }, (_, sender) => {
          const pace = pacer();
          let now = sender * 7;
          return waits.map((wait, n) => {
            const at = pace.reserve(now, gap);
            if (n % 5 === 0) now = at + wait; // a slow call now and then
            return at;
          });
        });
        const perSender = moments.map(busiestSecond);
        const allowed = Math.max(1, Math.ceil(perSecond / senders));
        expect(perSender.every((calls) => calls <= allowed)).toBe(true);
      },
    ),
  );
});

test('a pause is never made up for by a burst', () => {
  const pace = pacer();
  const gap = spacing(quota({ perSecond: 19 }), 2);
  pace.reserve(0, gap);
  const after = Array.from({ length: 5 }, () => pace.reserve(60_000, gap));
  expect(after.map((at) => Math.round(at - 60_000))).toEqual([0, 1, 2, 3, 4].map((n) => Math.round(n * gap)));
});

test.each([
  [0, 0],
  [35_000, 70],
  [50_000, 100],
])('of 50,000 a day, %i mails are so many percent', (sentToday, percent) => {
  expect(percentUsed(quota({ sentToday }))).toBe(percent);
});
