/** A clock that is wrong: imported first, it sets all dates of a process ahead or back by SOAK_CLOCK milliseconds. */
const ahead = Number(process.env['SOAK_CLOCK'] ?? 0);
const Real = Date;

globalThis.Date = class extends Real {
  constructor(...given: unknown[]) {
    super(...((given.length ? given : [Real.now() + ahead]) as [number]));
  }
  static override now(): number {
    return Real.now() + ahead;
  }
} as DateConstructor;

/** Named by who needs this module first. */
export const clockIsSet = true;
