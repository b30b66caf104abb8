/** `npm run deploy`: checks all that can be known beforehand, lets CDK deploy, and says what is left to do by hand. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { readOptions } from '../local/usage';
import { bootstrapVersion } from '../lambdas/aws/bootstrap';
import { elsewhere, sourcesOutOfReach } from '../lambdas/core/deployment';
import { nextEditions } from '../lambdas/core/due';
import { nextEditionLine } from '../templates/schedule-words';
import { report } from '../lambdas/core/settings-problems';
import { bootstrapNeeded, cdk, environmentOf } from './deploying/cdk';
import { placeholders } from './deploying/placeholders';
import { nextSteps } from './deploying/next-steps';
import { chooseRegion, enter, Nowhere, type Place } from './deploying/place';
import { copyTheExample, openStage, type Stage } from './deploying/stage';
import { ending, say } from './deploying/talk';

const HELP = `npm run deploy -- [--stage NAME] [--check] [--bootstrap] [--yes]

  --stage NAME  deploy another stack beside the first, with the settings in newsletter.NAME.json
  --check       stop before deploying: check settings, template and, with credentials, the account
  --bootstrap   prepare the region for CDK first, if necessary
  --yes         don't ask; without it, CDK asks before it broadens permissions`;

interface Choices {
  stage?: string;
  check: boolean;
  bootstrap: boolean;
  yes: boolean;
}

async function main(): Promise<void> {
  const values = readOptions({
    stage: { type: 'string' },
    check: { type: 'boolean', default: false },
    bootstrap: { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
  if (values.help) return say(HELP);
  const stage = openStage(values.stage);
  say(`${stage.file}: ${stage.settings.name}, from ${stage.settings.sender.address}`);
  refuseFiles(stage);
  await (values.check ? check(stage) : deploy(stage, values));
}

/** Here too, and not only in the synth, since GitHub's role may deploy a template that was made before. */
function refuseFiles({ file, settings }: Stage): void {
  const problems = sourcesOutOfReach(settings.sources);
  if (problems.length > 0) throw new Error(report(file, problems));
}

async function check({ file, isExample, settings, stage, stack }: Stage): Promise<void> {
  const missing = isExample ? [copyTheExample(stage)] : placeholders(settings);
  for (const line of missing) say(`before you deploy: ${line}`);
  for (const next of nextEditions(settings.cadences, settings.timeZone, new Date()))
    say(nextEditionLine(next));
  cdk('synth', stack, '--quiet', '--context', `stage=${stage}`);
  say(`${stack}: the template is whole, and no rule of AWS's is broken`);
  try {
    const place = await enter(await chooseRegion(settings.region, file));
    say(`account ${place.account}, region ${place.region}`);
    say(bootstrapNeeded(await bootstrapVersion(), place) ?? 'prepared for CDK');
  } catch (error) {
    if (!(error instanceof Nowhere)) throw error;
    say(`the account was not looked at. ${error.message}`);
  }
}

async function deploy(opened: Stage, { bootstrap, yes }: Choices): Promise<void> {
  const { file, isExample, settings, stage, stack } = opened;
  if (isExample) throw new Error(copyTheExample(stage));
  const problems = placeholders(settings);
  if (problems.length > 0) throw new Error(report(file, problems));
  const place = await enter(await chooseRegion(settings.region, file));
  say(`account ${place.account}, region ${place.region}`);
  for (const { path, message } of elsewhere(settings, place.region))
    throw new Error(report(file, [`${path.join('.')}: ${message}`]));
  await prepare(place, bootstrap);
  const outputs = await deployed(stack, [
    '--context',
    `stage=${stage}`,
    '--require-approval',
    yes ? 'never' : 'broadening',
  ]);
  say(`\n${nextSteps(outputs, settings, { ...place, stage })}`);
}

async function prepare(place: Place, bootstrap: boolean): Promise<void> {
  const needed = bootstrapNeeded(await bootstrapVersion(), place);
  if (!needed) return;
  if (!bootstrap) throw new Error(needed);
  cdk('bootstrap', environmentOf(place));
}

const Outputs = z.record(z.string(), z.record(z.string(), z.string()));

/** The stack's outputs. CDK leaves them in a file, since what it prints is for people. */
async function deployed(stack: string, words: readonly string[]): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-deploy-'));
  try {
    const file = join(folder, 'outputs.json');
    cdk('deploy', stack, '--outputs-file', file, ...words);
    return Outputs.parse(JSON.parse(await readFile(file, 'utf8')))[stack] ?? {};
  } finally {
    await rm(folder, { recursive: true });
  }
}

main().catch(ending);
