/** A subscriber's standing over a life of joining, confirming and leaving. */
import * as fc from 'fast-check';
import { confirm, INVITATION_HOURS } from '../../lambdas/core/confirming';
import { join } from '../../lambdas/core/joining';
import { leave } from '../../lambdas/core/leaving';
import { Subscriber } from '../../lambdas/core/subscriber';
import { ada, known, later, monday } from './known';

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
