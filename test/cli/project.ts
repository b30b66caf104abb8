/** A clone with an operator's newsletter.json, an account to deploy it to, and the commands as the operator runs them. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib';
import cdk from '../../cdk.json';
import { paperboy } from '../../infra/stack';
import { readSettings } from '../../lambdas/core/settings';
import newsletter from '../../newsletter.example.json';
import { type Account, startAccount } from './account';
import { bundled, type Ran, ROOT } from './paperboy';

export const mine = {
  ...newsletter,
  sender: { name: 'Papers', address: 'digest@papers.ada.dev' },
  postalAddress: "Ada Lovelace, 12 St James's Square, London",
  site: 'https://papers.ada.dev',
};

export interface Project {
  folder: string;
  account: Account;
  /** Its settings: the operator's own but for the change. */
  writes: (change?: object, file?: string) => void;
  runs: (
    command: 'deploy' | 'destroy',
    words: readonly string[],
    more?: { env?: Record<string, string>; typed?: string },
  ) => Promise<Ran>;
  close: () => Promise<void>;
}

/** CDK takes the stack from a folder where it is synthesised already: bundling takes a minute, and is tested elsewhere. */
export async function startProject(variables: Record<string, string> = {}): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-project-'));
  const outdir = join(folder, 'cdk.out');
  const app = new App({
    outdir,
    builtinCloudFormationValidation: false,
    context: { ...cdk.context, 'aws:cdk:bundling-stacks': [] },
  });
  const template = Template.fromStack(paperboy(app, readSettings(mine))).toJSON() as never;
  app.synth();
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ app: outdir, versionReporting: false }));
  const account = await startAccount({ templates: { Paperboy: template }, variables });
  const writes = (change: object = {}, file = 'newsletter.json'): void =>
    writeFileSync(join(folder, file), JSON.stringify({ ...mine, ...change }));
  writes();
  return {
    folder,
    account,
    writes,
    runs: (command, words, { env = account.environment, typed = '' } = {}) =>
      run(folder, [command, ...words], env, typed),
    close: async () => {
      await account.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** In an environment without anybody's AWS settings. */
async function run(
  cwd: string,
  [command, ...words]: readonly string[],
  env: Record<string, string>,
  typed: string,
): Promise<Ran> {
  const args = [await bundled(`cli/${command}.ts`), ...words];
  const surroundings = { PATH: process.env['PATH'] ?? '', HOME: cwd, AWS_EC2_METADATA_DISABLED: 'true' };
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...surroundings, ...env },
    timeout: 80_000,
  });
  child.stdin.end(typed);
  const heard = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (heard.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (heard.err += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? -1, ...heard })));
}
