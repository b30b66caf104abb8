/** `npm run bench [-- join]`: the benchmarks; each part ends with one line of JSON, medians by name, spreads beside them. */
import { benchJoin } from './join';
import type { Figure } from './measure';

const parts: Record<string, () => Promise<Record<string, Figure>>> = { join: benchJoin };

async function main(): Promise<void> {
  const [chosen] = process.argv.slice(2);
  if (chosen && !parts[chosen])
    throw new Error(`There is no benchmark "${chosen}"; there are: ${Object.keys(parts).join(', ')}`);
  const run = Object.entries(parts).filter(([name]) => !chosen || name === chosen);
  for (const [name, part] of run) {
    console.log(`${name} …`);
    const figures = Object.entries(await part());
    for (const [figure, { median, least, greatest }] of figures)
      console.log(`  ${figure} ${median} (${least} to ${greatest})`);
    console.log(JSON.stringify(Object.fromEntries(figures.map(([figure, { median }]) => [figure, median]))));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
