/** Mutations drawn by a seed and planted all at once: each is asleep until the environment wakes it by its number. */
import { mutationsOf, type Mutation } from './find';

/** With the number it is woken by. */
export type Drawn = Mutation & { n: number };

/** As large a part of each file as it has of all places; two that overlap can't both be planted. */
export function draw(files: ReadonlyMap<string, string>, count: number, seed: number): Drawn[] {
  const all = [...files].flatMap(([file, text]) => mutationsOf(file, text));
  const next = random(seed);
  const drawn: Drawn[] = [];
  while (drawn.length < count && all.length > 0) {
    const [mutation] = all.splice(Math.floor(next() * all.length), 1);
    if (mutation && !drawn.some((other) => overlap(other, mutation)))
      drawn.push(Object.assign(mutation, { n: drawn.length + 1 }));
  }
  return drawn;
}

const overlap = (a: Mutation, b: Mutation): boolean =>
  a.file === b.file && a.start < b.end && b.start < a.end;

/** mulberry32: the same numbers from 0 to 1 for the same seed, on any machine. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A file's text with its mutations in it; `switchPath` is the module that says which one is awake. Lines stay where they are. */
export function planted(text: string, mutations: readonly Drawn[], switchPath: string): string {
  const last = mutations.toSorted((a, b) => b.start - a.start);
  const changed = last.reduce(
    (whole, { start, end, kind, original, mutated, n }) =>
      whole.slice(0, start) +
      (kind === 'block'
        ? `{ if (!mutation(${n})) ${original} }`
        : `(mutation(${n}) ? (${mutated}) : (${original}))`) +
      whole.slice(end),
    text,
  );
  return `import { mutation } from ${JSON.stringify(switchPath)}; ${changed}`;
}

/**
 * The module that tells. In a run that only looks it writes down which test file came by which mutation; processes that a
 * test starts inherit the test's name.
 */
export const SWITCH = `
const fs = process.getBuiltinModule('node:fs');
const seen = new Set<string>();
declare const expect: { getState(): { testPath?: string } } | undefined;
const testPath = (): string => {
  const own = typeof expect === 'undefined' ? undefined : expect.getState().testPath;
  if (own) process.env['MUTATION_TEST'] = own;
  return own ?? process.env['MUTATION_TEST'] ?? '';
};
export function mutation(n: number): boolean {
  const log = process.env['MUTATION_LOG'];
  if (log) {
    const line = n + ' ' + testPath() + '\\n';
    if (!seen.has(line)) fs.appendFileSync(log, line);
    seen.add(line);
  }
  return process.env['MUTATION'] === String(n);
}
`;
