/** Chance from a seed: the same seed makes the same choices in the same order, whatever the machine. */

export interface Chance {
  /** From 0 up to but not including 1. */
  fraction(): number;
  /** True in so many of a hundred cases. */
  percent(likelihood: number): boolean;
  between(least: number, most: number): number;
  pick<One>(list: readonly One[]): One;
  shuffled<One>(list: readonly One[]): One[];
}

/** One seed makes many streams, one for each use, so that a choice here doesn't shift the choices there. */
export function chance(seed: number, stream: string): Chance {
  let state = Buffer.from(stream).reduce((sum, octet) => (Math.imul(sum, 31) + octet) >>> 0, seed >>> 0);
  /** Mulberry32. */
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(fraction() * end);
  return {
    fraction,
    percent: (likelihood) => fraction() * 100 < likelihood,
    between: (least, most) => least + fraction() * (most - least),
    pick(list) {
      const one = list[below(list.length)];
      if (one === undefined) throw new Error("Can't pick from an empty list");
      return one;
    },
    shuffled(list) {
      const cards = [...list];
      for (let n = cards.length - 1; n > 0; n--) {
        const other = below(n + 1);
        [cards[n], cards[other]] = [
          cards[other] as (typeof cards)[number],
          cards[n] as (typeof cards)[number],
        ];
      }
      return cards;
    },
  };
}
