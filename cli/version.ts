/** `version`: which Paperboy this is, and which one the site runs, as its feed says (RFC 4287 §4.2.4). */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { readSettings } from '../lambdas/core/settings';
import { version } from '../package.json';
import { PROD } from '../lambdas/core/stage';
import { copyTheExample, openStage } from './deploying/stage';

const ROOT = join(__dirname, '..');
/** Milliseconds: a first answer takes one or two seconds. */
const PATIENCE = 10_000;

/** 0 also where the site runs another version or can't be asked: that is a fact, and no fault. */
export async function showVersion(stage?: string): Promise<number> {
  const commit = commitHere();
  console.log(`Paperboy ${version}${commit && ` (commit ${commit})`}, Node ${process.version}`);
  const site = siteAsked(stage);
  console.log(site === undefined ? copyTheExample(stage ?? PROD) : `${site} ${await standingOf(site)}`);
  return 0;
}

/** Empty where this is no clone, or there is no git. */
function commitHere(): string {
  try {
    const stdio = ['ignore', 'pipe', 'ignore'] satisfies ['ignore', 'pipe', 'ignore'];
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, stdio }).toString().trim();
  } catch {
    return '';
  }
}

/** With --local the machine's, which is in the environment. The example's is nobody's. */
function siteAsked(stage: string | undefined): string | undefined {
  const json = process.env['NEWSLETTER'];
  if (json !== undefined) return readSettings(JSON.parse(json)).site;
  const { isExample, settings } = openStage(stage);
  return isExample ? undefined : settings.site;
}

async function standingOf(site: string): Promise<string> {
  const deployed = await deployedAt(site).catch(reasonOf);
  if (deployed instanceof Error) return `can't be asked: ${deployed.message}`;
  if (deployed === version) return `runs ${version} too`;
  return `runs ${deployed}: CHANGELOG.md says what a deploy changes in your account, and npx cdk diff shows it`;
}

/** fetch itself says no more than that it failed. */
function reasonOf(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  return error.cause instanceof Error ? error.cause : error;
}

async function deployedAt(site: string): Promise<string> {
  const answer = await fetch(`${site}/feed.xml`, { signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`its feed answers ${answer.status}`);
  return (
    /<generator[^>]* version="([\w.-]+)"/.exec(await answer.text())?.[1] ??
    'a version that tells no number yet'
  );
}
