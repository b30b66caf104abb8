/** `npm run paperboy -- COMMAND`: the operator's commands, with the operator's AWS credentials or `--local`. */
import { parseArgs } from 'node:util';
import { listDeadLetters, redriveDeadLetters } from './dead-letters';
import { eraseAll, leaveAll } from './depart-subscribers';
import { explainDigest } from './digest';
import { examine } from './doctor';
import {
  cancelEdition,
  listEditions,
  pauseEdition,
  resumeEdition,
  retryEdition,
  showEdition,
} from './editions';
import { exportSubscribers } from './export-subscribers';
import { importPapers } from './import-papers';
import { useLocalMachine } from './local-machine';
import { showVersion } from './version';

interface Command {
  takes: string;
  does: string;
  /** Answers the exit code. */
  run: (rest: string[], options: Options) => Promise<number>;
}

type Options = ReturnType<typeof read>['values'];

/** By their words. */
const commands: Record<string, Command> = {
  'papers import': {
    takes: 'FILE [--listed-on DAY]',
    does: 'add papers from JSON, BibTeX, RIS or CSV (docs/papers.md)',
    run: (rest, { 'listed-on': day }) => importPapers(rest, day),
  },
  'subscribers export': {
    takes: 'FILE.jsonl | FILE.csv',
    does: 'all that is known of them, or readers for another program',
    run: exportSubscribers,
  },
  'subscribers leave': {
    takes: 'FILE',
    does: 'those whose ids it has leave, after a restore',
    run: leaveAll,
  },
  'subscribers erase': { takes: 'FILE', does: 'the same, and nothing is kept of them', run: eraseAll },
  'editions list': { takes: '', does: 'the newest editions and their standing', run: listEditions },
  'editions show': { takes: 'EDITION', does: 'its report: lanes, books, reasons', run: showEdition },
  'editions pause': { takes: 'EDITION [WHY]', does: 'every lane stays where it is', run: pauseEdition },
  'editions resume': { takes: 'EDITION', does: 'goes on where it stopped', run: resumeEdition },
  'editions cancel': { takes: 'EDITION', does: 'nobody further gets it', run: cancelEdition },
  'editions retry': { takes: 'EDITION', does: 'again to those whom SES refused', run: retryEdition },
  'digest explain': {
    takes: 'EDITION [--search WORDS]',
    does: 'every candidate, its score, and why it is in or out',
    run: (rest, { search }) => explainDigest(rest, search),
  },
  'check-mail': {
    takes: 'FILE.eml',
    does: 'holds a mail to the list of what every mail must be',
    // what it reads mails with takes as long to load as all else
    run: async (rest) => (await import('./check-mail')).checkMailFile(rest),
  },
  'dead-letters list': {
    takes: '',
    does: 'messages that nobody could settle, and why',
    run: listDeadLetters,
  },
  'dead-letters redrive': { takes: '[QUEUE]', does: 'back into their queues', run: redriveDeadLetters },
  doctor: {
    takes: '[--stage NAME] [--json] [--dns HOST:PORT]',
    does: 'identity, DNS, sending, schedules: what is not well, and what to do',
    run: (_, options) => examine(options),
  },
  version: {
    takes: '[--stage NAME]',
    does: 'of this Paperboy, and of what the site runs',
    run: (_, { stage }) => showVersion(stage),
  },
};

const help = (): string =>
  [
    'npm run paperboy -- COMMAND [--local [--data FOLDER]]',
    '',
    ...Object.entries(commands).map(
      ([words, { takes, does }]) => `  ${`${words} ${takes}`.padEnd(42)}${does}`,
    ),
    '',
    'With --local a command talks to the machine that npm start runs here (with the data in FOLDER). Without it, to AWS:',
    'with your credentials, and the names of your tables and queues in the environment, as the stack prints them (its',
    'output CliEnvironment).',
    '',
    'papers import ends with code 0 if every entry was imported, with 2 if some were skipped, and with 1 if none could be',
    'read.',
    '',
    'doctor ends with code 1 if a line says fail, and with 0 if the worst is a warn. A question that can’t be asked fails.',
    'With --json it prints one JSON object; --dns names the server that it asks for DNS records.',
  ].join('\n');

const read = () =>
  parseArgs({
    allowPositionals: true,
    options: {
      local: { type: 'boolean', default: false },
      data: { type: 'string' },
      help: { type: 'boolean', default: false },
      search: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      'listed-on': { type: 'string' },
      dns: { type: 'string' },
      stage: { type: 'string' },
    },
  });

async function main(): Promise<number> {
  const { positionals, values } = read();
  const words = commands[positionals[0] ?? ''] ? 1 : 2;
  const command = commands[positionals.slice(0, words).join(' ')];
  if (!command || values.help) {
    console.log(help());
    return values.help ? 0 : 1;
  }
  if (values.local) await useLocalMachine(values.data);
  return command.run(positionals.slice(words), values);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    for (let at = error, lead = ''; at instanceof Error; at = at.cause, lead = '  because: ')
      console.error(`${lead}${at.message}`);
    process.exit(1);
  },
);
