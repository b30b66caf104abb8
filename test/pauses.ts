/** Pauses of a known length that a test lets end when it likes, so that nothing about waiting is measured by a clock. */
import type * as Timers from 'node:timers/promises';

/** The module as all code has it. */
const timers = jest.requireActual<typeof Timers>('node:timers/promises');

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let settle: (() => void) | undefined;
  const promise = new Promise<void>((resolve) => void (settle = resolve));
  return { promise, resolve: () => settle?.() };
}

/** Holds every pause of such a length; `held` is settled when the first one began. */
export function holdPauses(isHeld: (ms: number) => boolean): {
  held: Promise<void>;
  release: () => void;
  restore: () => void;
} {
  const { setTimeout: wait } = timers;
  const { promise: held, resolve: begun } = withResolvers();
  const ends: (() => void)[] = [];
  const spy = jest.spyOn(timers, 'setTimeout').mockImplementation((milliseconds, value, options) => {
    if (!isHeld(milliseconds ?? 0)) return wait(milliseconds, value, options);
    begun();
    return new Promise((resolve) => void ends.push(() => resolve(value)));
  });
  return { held, release: () => ends.splice(0).forEach((end) => end()), restore: () => spy.mockRestore() };
}
