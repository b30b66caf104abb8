/**
 * `npm run bench [-- join|send|scale|visits|papers|cost] [--readers N] [--papers FILE] [--early FILE] [--found FILE]`: each
 * part ends with one line of JSON.
 */
import { parseArgs } from 'node:util';
import { benchCost } from './cost-page';
import { benchJoin } from './join';
import type { Figure } from './measure';
import { benchPapers, type PaperFiles } from './papers';
import { benchScale } from './scale';
import { benchSend } from './send';
import { benchVisits } from './visits';

interface Options extends PaperFiles {
  readers: number;
}

/** Medians by name, their spreads beside them. */
const parts: Record<string, (options: Options) => Promise<Record<string, Figure>>> = {
  join: benchJoin,
  send: benchSend,
  scale: ({ readers }) => benchScale(readers),
  visits: benchVisits,
  papers: benchPapers,
  cost: benchCost,
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      readers: { type: 'string', default: '100000' },
      papers: { type: 'string' },
      early: { type: 'string' },
      found: { type: 'string' },
    },
  });
  const [chosen] = positionals;
  const readers = Number(values.readers);
  if (!Number.isInteger(readers) || readers < 1) throw new Error('--readers needs a whole number from 1');
  if (chosen && !parts[chosen])
    throw new Error(`There is no benchmark "${chosen}"; there are: ${Object.keys(parts).join(', ')}`);
  const { papers, early, found } = values;
  const options = { readers, papers, early, found };
  for (const [name, part] of Object.entries(parts).filter(([one]) => !chosen || one === chosen)) {
    console.log(`${name} …`);
    const figures = Object.entries(await part(options));
    for (const [figure, { median, least, greatest }] of figures)
      console.log(`  ${figure} ${median}${least === greatest ? '' : ` (${least} to ${greatest})`}`);
    console.log(JSON.stringify(Object.fromEntries(figures.map(([figure, { median }]) => [figure, median]))));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
