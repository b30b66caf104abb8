/** `npm run paperboy -- COMMAND`: the operator's commands, with the operator's AWS credentials or `--local`. */
import { parseArgs } from 'node:util';
import { checkMailFile } from './check-mail';
import { listDeadLetters, redriveDeadLetters } from './dead-letters';
import { explainDigest } from './digest';
import {
  cancelEdition,
  listEditions,
  pauseEdition,
  resumeEdition,
  retryEdition,
  showEdition,
} from './editions';
import { importPapers } from './import-papers';
import { useLocalMachine } from './local-machine';
import { showVersion } from './version';

interface Command {
  takes: string;
  does: string;
  /** Answers the exit code. */
  run: (rest: string[], searches: string[]) => Promise<number>;
}

/** By their words. */
const commands: Record<string, Command> = {
  'papers import': {
    takes: 'FILE',
    does: 'papers from JSON lines or a JSON array into the table',
    run: importPapers,
  },
  'editions list': { takes: '', does: 'the newest editions and their standing', run: listEditions },
  'editions show': { takes: 'EDITION', does: 'its report: lanes, books, reasons', run: showEdition },
  'editions pause': { takes: 'EDITION [WHY]', does: 'every lane stays where it is', run: pauseEdition },
  'editions resume': { takes: 'EDITION', does: 'goes on where it stopped', run: resumeEdition },
  'editions cancel': { takes: 'EDITION', does: 'nobody further gets it', run: cancelEdition },
  'editions retry': { takes: 'EDITION', does: 'again to those whom SES refused', run: retryEdition },
  'digest explain': {
    takes: 'EDITION [--search WORDS]',
    does: 'every candidate, its score, and why it is in or out',
    run: explainDigest,
  },
  'check-mail': {
    takes: 'FILE.eml',
    does: 'holds a mail to the list of what every mail must be',
    run: checkMailFile,
  },
  'dead-letters list': {
    takes: '',
    does: 'messages that nobody could settle, and why',
    run: listDeadLetters,
  },
  'dead-letters redrive': { takes: '[QUEUE]', does: 'back into their queues', run: redriveDeadLetters },
  version: { takes: '', does: 'of this Paperboy, and of what the site runs', run: showVersion },
};

const help = (): string =>
  [
    'npm run paperboy -- COMMAND [--local]',
    '',
    ...Object.entries(commands).map(
      ([words, { takes, does }]) => `  ${`${words} ${takes}`.padEnd(42)}${does}`,
    ),
    '',
    'With --local a command talks to the machine that npm start runs here. Without it, to AWS: with your credentials,',
    'and the names of your tables and queues in the environment, as the stack prints them (its output CliEnvironment).',
  ].join('\n');

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      local: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      search: { type: 'string', multiple: true, default: [] },
    },
  });
  const words = commands[positionals[0] ?? ''] ? 1 : 2;
  const command = commands[positionals.slice(0, words).join(' ')];
  if (!command || values.help) {
    console.log(help());
    return values.help ? 0 : 1;
  }
  if (values.local) await useLocalMachine();
  return command.run(positionals.slice(words), values.search);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    for (let at = error, lead = ''; at instanceof Error; at = at.cause, lead = '  because: ')
      console.error(`${lead}${at.message}`);
    process.exit(1);
  },
);
