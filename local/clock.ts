/** The clock of this process: it can be set to any moment and goes on from there. Timers stay real. */

export interface Clock {
  /** Leases, tokens and queues of this process go by it too: only while nothing is under way. */
  set(to: Date): void;
  /** Gives the real clock back. */
  close(): void;
}

export function takeClock(): Clock {
  const Real = globalThis.Date;
  let ahead = 0;
  const now = (): number => Real.now() + ahead;
  // a proxy and not a subclass: dates that others made, such as those of files, are dates all the same
  globalThis.Date = new Proxy(Real, {
    construct: (target, given: unknown[], self) =>
      Reflect.construct(target, given.length ? given : [now()], self) as Date,
    apply: () => new Real(now()).toString(),
    get: (target, name): unknown => (name === 'now' ? now : Reflect.get(target, name)),
  });
  return {
    set: (to) => {
      ahead = to.getTime() - Real.now();
    },
    close: () => {
      globalThis.Date = Real;
    },
  };
}
