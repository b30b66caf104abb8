/**
 * `npm run bench [-- join|send|scale|visits|papers|cost] [--readers N] [--rounds N] [--papers FILE] [--early FILE]
 * [--found FILE]`: each part ends with one line of JSON.
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
  /** Each part has a number of its own where none is named; with a small one it shows that it runs, and measures little. */
  readers: number | undefined;
  rounds: number | undefined;
}

/** Medians by name, their spreads beside them. */
const parts: Record<string, (options: Options) => Promise<Record<string, Figure>>> = {
  join: ({ rounds = 7 }) => benchJoin(rounds),
  send: ({ rounds = 5, readers = 3_200 }) => benchSend({ rounds, readers }),
  scale: ({ readers = 100_000 }) => benchScale(readers),
  visits: ({ rounds = 20 }) => benchVisits(rounds),
  papers: benchPapers,
  cost: benchCost,
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      readers: { type: 'string' },
      rounds: { type: 'string' },
      papers: { type: 'string' },
      early: { type: 'string' },
      found: { type: 'string' },
    },
  });
  const [chosen] = positionals;
  if (chosen && !parts[chosen])
    throw new Error(`There is no benchmark "${chosen}"; there are: ${Object.keys(parts).join(', ')}`);
  const { papers, early, found } = values;
  const options = {
    readers: wholeNumber('--readers', values.readers),
    rounds: wholeNumber('--rounds', values.rounds),
    papers,
    early,
    found,
  };
  for (const [name, part] of Object.entries(parts).filter(([one]) => !chosen || one === chosen)) {
    console.log(`${name} …`);
    const figures = Object.entries(await part(options));
    for (const [figure, { median, least, greatest }] of figures)
      console.log(`  ${figure} ${median}${least === greatest ? '' : ` (${least} to ${greatest})`}`);
    console.log(JSON.stringify(Object.fromEntries(figures.map(([figure, { median }]) => [figure, median]))));
  }
}

function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${option} needs a whole number from 1`);
  return number;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
