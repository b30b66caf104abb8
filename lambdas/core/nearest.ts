/** The known word that somebody most likely meant. */

/** Longer words are not compared: the time it takes grows with their square. */
const LONGEST = 60;

/** Case does not count, nor do a few slips; undefined where no known word is that near. */
export function nearest(
  word: string,
  known: readonly string[],
  slips = word.length < 6 ? 1 : 2,
): string | undefined {
  if (word.length > LONGEST) return undefined;
  const [best] = known
    .map((name) => ({ name, distance: distance(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance: far }) => far <= slips)
    .toSorted((a, b) => a.distance - b.distance);
  return best?.name;
}

/** Letters to add, leave out, replace or swap with their neighbour (optimal string alignment). */
function distance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      const [above, left, corner] = [rows[i - 1]?.[j], row[j - 1], rows[i - 1]?.[j - 1]] as [
        number,
        number,
        number,
      ];
      const isSwap = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swapped = isSwap ? (rows[i - 2]?.[j - 2] ?? Infinity) + 1 : Infinity;
      row.push(Math.min(above + 1, left + 1, corner + same, swapped));
    }
    rows.push(row);
  }
  return rows[from.length]?.[to.length] ?? Infinity;
}

/** Such as ` Did you mean "cadences"?`; empty where there is nothing to propose. */
export function didYouMean(word: string, known: readonly string[], slips?: number): string {
  const meant = nearest(word, known, slips);
  return meant === undefined ? '' : ` Did you mean "${meant}"?`;
}
