/** The command line as commander reads it, with help for each command and the nearest known word for an unknown one. */
import { Command as Commander, CommanderError, type ParseOptions } from 'commander';
import { nearest } from '../lambdas/core/nearest';
import { commands, flags, type Command, type Options } from './commands';

export const PROGRAM = 'npm run paperboy --';

/** Something about the words that were typed: a sentence is all there is to say. */
export class UsageError extends Error {}

export type Read =
  | { kind: 'help'; text: string; code: 0 | 1 }
  | { kind: 'command'; command: Command; words: string[]; options: Options };

/** @throws UsageError for words that make no command */
export function readCommandLine(typed: readonly string[], isTerminal = false): Read {
  const places = placesOfWords(typed);
  const [first, second] = places.map((place) => typed[place]);
  const asksForHelp = typed.some((word) => word === '--help' || word === '-h');
  const code = asksForHelp ? 0 : 1;
  if (first === undefined) return { kind: 'help', text: overview(isTerminal), code };
  if (first === 'help') return readCommandLine([...without(typed, places.slice(0, 1)), '--help'], isTerminal);
  const command = commands.find(({ name }) => [first, `${first} ${second}`].includes(name));
  if (command) {
    const name = places.slice(0, command.name.split(' ').length);
    return readOptions(command, without(typed, name), isTerminal);
  }
  const group = commands.filter(({ name }) => name.startsWith(`${first} `));
  if (group.length > 0 && second === undefined) return { kind: 'help', text: listOf(group), code };
  throw new UsageError(unknownCommand([first, second].filter(Boolean).join(' '), group));
}

const takeValues = new Set(
  Object.values(flags).flatMap(([flag]) => (flag.includes('<') ? (flag.split(' ')[0] ?? '') : [])),
);

/** Of those that are no options. An operator may say where before what: --local --data FOLDER editions list. */
const placesOfWords = (typed: readonly string[]): number[] =>
  typed.flatMap((word, n) => (word.startsWith('-') || takeValues.has(typed[n - 1] ?? '') ? [] : [n]));

const without = (typed: readonly string[], places: readonly number[]): string[] =>
  typed.filter((_, n) => !places.includes(n));

function unknownCommand(typed: string, group: readonly Command[]): string {
  const meant = meantCommand(typed, group.length > 0 ? group.map(({ name }) => name) : undefined);
  if (meant !== undefined) return `"${typed}" is not a command. Did you mean "${meant}"?`;
  const list = group.map(({ name }) => name).join(', ');
  return `"${typed}" is not a command. ${list ? `There are: ${list}` : `For a list: ${PROGRAM} --help`}`;
}

/** Also with its two words in the other order, or of the first word alone. */
function meantCommand(typed: string, known = commands.map(({ name }) => name)): string | undefined {
  const [first = '', second] = typed.split(' ');
  if (second === undefined)
    return nearest(first, [...known, ...known.map((name) => name.split(' ')[0] ?? '')]);
  const single = known.filter((name) => !name.includes(' '));
  return nearest(typed, known, 3) ?? nearest(`${second} ${first}`, known) ?? nearest(first, single);
}

function readOptions(command: Command, rest: readonly string[], isTerminal: boolean): Read {
  let read: Read | undefined;
  const parser = parserOf(command).action((...given: unknown[]) => {
    const options = given.at(-2) as Options;
    const words = given.slice(0, -2).flat() as (string | undefined)[];
    read = { kind: 'command', command, options, words: words.filter((word) => word !== undefined) };
  });
  let text = '';
  parser
    .configureOutput({
      writeOut: (part) => void (text += part),
      writeErr: () => undefined,
      getOutHasColors: () => isTerminal,
    })
    .exitOverride();
  try {
    parser.parse(rest, { from: 'user' } satisfies ParseOptions);
  } catch (error) {
    if (error instanceof CommanderError && error.code === 'commander.helpDisplayed')
      return { kind: 'help', text: text.trimEnd(), code: 0 };
    throw error instanceof CommanderError ? new UsageError(plain(error.message, command)) : error;
  }
  if (!read) throw new Error(`Can't read the options of ${command.name}`);
  return read;
}

function parserOf({ name, takes, does, options = [], examples }: Command): Commander {
  const parser = new Commander(`${PROGRAM} ${name}`).description(
    `${does[0]?.toUpperCase()}${does.slice(1)}.`,
  );
  for (const word of takes.split(' ').filter(Boolean)) parser.argument(word);
  for (const option of options) {
    const [flag, description] = flags[option];
    if (option === 'search')
      parser.option(flag, description, (word: string, all?: string[]) => [...(all ?? []), word]);
    else parser.option(flag, description);
  }
  parser.helpOption('-h, --help', 'show this help').configureHelp({ styleTitle: bold });
  const lines = examples?.map((words) => `  ${`${PROGRAM} ${name} ${words}`.trimEnd()}`);
  if (lines) parser.addHelpText('after', `\n${bold('Examples:')}\n${lines.join('\n')}`);
  return parser;
}

/** commander's own sentence, without its tag, and where the rest is told. */
function plain(message: string, { name, examples = [] }: Command): string {
  const [, missing] = /^error: missing required argument '(.*)'$/.exec(message) ?? [];
  if (missing) return `${missing} is missing. Example: ${PROGRAM} ${name} ${examples[0] ?? missing}`;
  const sentence = message
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean (?:one of )?(.*)\?\)$/, '. Did you mean $1?')
    .replaceAll("'", '"')
    .replace(/^option "(.*?)(?: <(.*)>)?" argument missing$/, '$1 needs a value: $2')
    .replace(
      /^too many arguments.* Expected (\d+) arguments? but got (\d+)\.$/,
      'Too many arguments: $2 instead of $1',
    );
  const stop = /[.?]$/.test(sentence) ? '' : '.';
  return `${sentence[0]?.toUpperCase()}${sentence.slice(1)}${stop} For help: ${PROGRAM} ${name} --help`;
}

const bold = (text: string): string => `\u001b[1m${text}\u001b[22m`;

function overview(isTerminal: boolean): string {
  const title = isTerminal ? bold : String;
  return [
    `${title('Usage:')} ${PROGRAM} COMMAND [OPTIONS]`,
    '',
    title('Commands:'),
    listOf(commands),
    '',
    'Commands talk to AWS with your credentials. Put the CliEnvironment output of your stack before them:',
    'it names your tables and queues. With --local they talk to the local instance that npm start runs.',
    '',
    title('Examples:'),
    `  ${PROGRAM} doctor`,
    `  ${PROGRAM} editions list --local`,
    `  ${PROGRAM} editions show --help`,
  ].join('\n');
}

const listOf = (some: readonly Command[]): string =>
  some.map(({ name, takes, does }) => `  ${`${name} ${takes}`.padEnd(36)} ${does}`).join('\n');
