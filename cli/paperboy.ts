/** `npm run paperboy -- COMMAND`: the operator's commands, with the operator's AWS credentials or `--local`. */
import { readCommandLine, UsageError } from './command-line';
import type { Options } from './commands';

// the SDK's word on the age of Node.js would bury every answer
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const hasColors = process.stdout.isTTY && !process.env['NO_COLOR'];

async function main(typed: readonly string[]): Promise<number> {
  const read = readCommandLine(typed, hasColors);
  if (read.kind === 'help') {
    console.log(read.text);
    return read.code;
  }
  await choosePlace(read.options);
  return read.command.run(read.words, read.options);
}

async function choosePlace({ local, data }: Options): Promise<void> {
  if (!local && data !== undefined)
    throw new UsageError(
      '--data works only with --local, and without it the command would talk to AWS. Add --local.',
    );
  if (local) await (await import('./local-machine')).useLocalMachine(data);
}

const typed = process.argv.slice(2);

main(typed).then(
  (code) => process.exit(code),
  async (error: unknown) => {
    const { failure } = await import('./failure');
    console.error(failure(error, typed.includes('--local')));
    process.exit(1);
  },
);
