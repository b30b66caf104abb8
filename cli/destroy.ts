/** `npm run destroy`: takes a stack away, once its readers are in a file and the operator has said its name. */
import { createInterface } from 'node:readline/promises';
import { readOptions } from '../local/usage';
import { findStack, type DeployedStack } from '../lambdas/aws/stacks';
import { cdk } from './deploying/cdk';
import { chooseRegion, enter } from './deploying/place';
import { remainsOf } from './deploying/remains';
import { openStage, type Stage } from './deploying/stage';
import { ending, say } from './deploying/talk';
import { exportSubscribers } from './export-subscribers';

const HELP = `npm run destroy -- [--stage NAME] (--export FILE | --without-export) [--yes]

  --export FILE     first writes every reader into FILE: readers.jsonl with all that is known, readers.csv for other programs
  --without-export  takes it away without
  --yes             does not ask for the stage's name`;

interface Choices {
  export?: string;
  'without-export': boolean;
  yes: boolean;
}

async function main(): Promise<void> {
  const values = readOptions({
    stage: { type: 'string' },
    export: { type: 'string' },
    'without-export': { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
  if (values.help) return say(HELP);
  await destroy(openStage(values.stage), values);
}

async function destroy({ file, settings, stage, stack }: Stage, choices: Choices): Promise<void> {
  const { account, region } = await enter(await chooseRegion(settings.region, file));
  const found = await findStack(stack);
  if (!found) throw new Error(`There is no stack ${stack} in ${region} of account ${account}`);
  describe(
    stack,
    found,
    Object.values(settings.kept ?? {}).flatMap((name) => name ?? []),
  );
  await saveReaders(found, choices);
  if (!choices.yes && !(await isNamed(stage)))
    throw new Error(`Nothing is taken away: that was not the stage's name, "${stage}"`);
  cdk('destroy', stack, '--force', '--context', `stage=${stage}`);
  say(`${stack} is gone. docs/deploy.md says how what stays is used again, or deleted.`);
}

function describe(stack: string, found: DeployedStack, kept: readonly string[]): void {
  const { stays, goes } = remainsOf(found);
  say(`${stack} goes: the site stops, no mail is sent, and links in old mails lead nowhere.\n`);
  say(`These stay, and go on costing what they cost:\n${stays.map((line) => `  ${line}`).join('\n')}\n`);
  if (kept.length > 0)
    say(`So does what newsletter.json keeps:\n${kept.map((one) => `  ${one}`).join('\n')}\n`);
  say(`These are deleted: ${goes.join(', ')}\n`);
}

/** The tables stay, but whoever deletes them one day has this file or nothing. */
async function saveReaders(
  { outputs }: DeployedStack,
  { export: file, 'without-export': without }: Choices,
): Promise<void> {
  if (without) return;
  if (file === undefined)
    throw new Error(
      'The readers are in no file yet: add --export readers.jsonl, or --without-export if you want none',
    );
  const names = [...(outputs['CliEnvironment'] ?? '').matchAll(/(\w+)=(\S+)/g)];
  if (names.length === 0)
    throw new Error("Can't save the readers: the stack says no names of tables (its output CliEnvironment)");
  for (const [, name = '', value = ''] of names) process.env[name] = value;
  await exportSubscribers([file]);
}

async function isNamed(stage: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  const name = await Promise.race([terminal.question(`The name of the stage to take away: `), ended]);
  terminal.close();
  return name.trim() === stage;
}

main().catch(ending);
