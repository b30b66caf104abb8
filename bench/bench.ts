/** `npm run bench [-- join|send|scale] [--readers N]`: the benchmarks; each part ends with one line of JSON. */
import { parseArgs } from 'node:util';
import { benchJoin } from './join';
import type { Figure } from './measure';
import { benchScale } from './scale';
import { benchSend } from './send';

/** Medians by name, their spreads beside them. */
const parts: Record<string, (readers: number) => Promise<Record<string, Figure>>> = {
  join: benchJoin,
  send: benchSend,
  scale: benchScale,
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { readers: { type: 'string', default: '100000' } },
  });
  const [chosen] = positionals;
  const readers = Number(values.readers);
  if (!Number.isInteger(readers) || readers < 1) throw new Error('--readers needs a whole number from 1');
  if (chosen && !parts[chosen])
    throw new Error(`There is no benchmark "${chosen}"; there are: ${Object.keys(parts).join(', ')}`);
  for (const [name, part] of Object.entries(parts).filter(([one]) => !chosen || one === chosen)) {
    console.log(`${name} …`);
    const figures = Object.entries(await part(readers));
    for (const [figure, { median, least, greatest }] of figures)
      console.log(`  ${figure} ${median}${least === greatest ? '' : ` (${least} to ${greatest})`}`);
    console.log(JSON.stringify(Object.fromEntries(figures.map(([figure, { median }]) => [figure, median]))));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
