/** `npm run paperboy -- COMMAND`: the operator's commands, with the operator's AWS credentials or `--local`. */
import { parseArgs } from 'node:util';
import { importPapers } from './import-papers';
import { useLocalMachine } from './local-machine';

/** A command's words, what it does, and the work itself; it answers the exit code. */
const commands: Record<string, { does: string; run: (rest: string[]) => Promise<number> }> = {
  'papers import': {
    does: 'FILE   papers from JSON lines or a JSON array into the table',
    run: importPapers,
  },
};

const help = (): string =>
  [
    'npm run paperboy -- COMMAND [--local]',
    '',
    ...Object.entries(commands).map(([words, { does }]) => `  ${words} ${does}`),
    '',
    'With --local a command talks to the machine that npm start runs here. Without it, to AWS: with your credentials,',
    'and the tables named as the deployed handlers have them (PAPERS_TABLE=… npm run paperboy -- papers import FILE).',
  ].join('\n');

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { local: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  const command = commands[positionals.slice(0, 2).join(' ')];
  if (!command || values.help) {
    console.log(help());
    return values.help ? 0 : 1;
  }
  if (values.local) await useLocalMachine();
  return command.run(positionals.slice(2));
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    for (let at = error, lead = ''; at instanceof Error; at = at.cause, lead = '  because: ')
      console.error(`${lead}${at.message}`);
    process.exit(1);
  },
);
