/** Pauses of a known length that a test lets end when it likes, so that nothing about waiting is measured by a clock. */

/** The module as all code has it. */
const timers = jest.requireActual<typeof import('node:timers/promises')>('node:timers/promises');

/** Holds every pause of so many milliseconds; `held` is settled when the first one began. */
export function holdPauses(ms: number): { held: Promise<void>; release: () => void; restore: () => void } {
  const { setTimeout: wait } = timers;
  let begun = (): void => {};
  const held = new Promise<void>((resolve) => void (begun = resolve));
  const ends: (() => void)[] = [];
  const spy = jest.spyOn(timers, 'setTimeout').mockImplementation((milliseconds, value, options) => {
    if (milliseconds !== ms) return wait(milliseconds, value, options);
    begun();
    return new Promise((resolve) => void ends.push(() => resolve(value as never)));
  });
  return { held, release: () => ends.splice(0).forEach((end) => end()), restore: () => spy.mockRestore() };
}
