/** Options of a command as node:util reads them, and a plain sentence for those that are wrong. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { didYouMean } from '../lambdas/core/nearest';

type Known = NonNullable<ParseArgsConfig['options']>;
type Values<Config extends Known> = ReturnType<typeof parseArgs<{ options: Config }>>['values'];

/** @throws Error with a sentence */
export function readOptions<const Config extends Known>(
  options: Config,
  args = process.argv.slice(2),
): Values<Config> {
  let problem: string;
  try {
    return parseArgs({ options, args }).values;
  } catch (error) {
    problem = problemOf(error as NodeJS.ErrnoException, Object.keys(options));
  }
  throw new Error(problem); // Node's own words would only say it again
}

function problemOf({ code, message }: NodeJS.ErrnoException, names: readonly string[]): string {
  const known = names.map((name) => `--${name}`);
  const [, word = ''] = /'(.*?)(?: <value>)?'/.exec(message.replace(/'-\w, /, "'")) ?? [];
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
    return `Unknown option "${word}".${didYouMean(word, known) || ` The options are: ${known.join(', ')}`}`;
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
    return `"${word}" is not an option. The options are: ${known.join(', ')}`;
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return message;
  return message.includes('does not take')
    ? `${word} takes no value`
    : `${word} needs a value, such as ${word} VALUE`;
}
