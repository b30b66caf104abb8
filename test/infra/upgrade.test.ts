/** An operator deploys over the release before: nothing that holds data, an address or a reputation is made anew. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import cdk from '../../cdk.json';
import { paperboy } from '../../infra/stack';
import { KEPT } from './kept-template';
import { settings } from './template';

/** What a reader or an operator would miss. */
const STATEFUL = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::SecretsManager::Secret',
  'AWS::SQS::Queue',
  'AWS::SES::EmailIdentity',
  'AWS::SES::ConfigurationSet',
  'AWS::ApiGatewayV2::Api',
  'AWS::Logs::LogGroup',
];

interface Template {
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

const kept = () => JSON.parse(readFileSync(KEPT, 'utf8')) as Template;

const folder = mkdtempSync(join(tmpdir(), 'paperboy-upgrade-'));
beforeAll(() => {
  const context = { ...cdk.context, 'aws:cdk:bundling-stacks': [] };
  const app = new App({ builtinCloudFormationValidation: false, outdir: join(folder, 'cdk.out'), context });
  paperboy(app, settings);
  app.synth();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Lines of `npx cdk diff` about stateful resources that a deployment over `before` would lose, such as "… replace". */
function lost(before: Template): string[] {
  const template = join(folder, 'before.json');
  writeFileSync(template, JSON.stringify(before));
  const diff = ['diff', '--app', join(folder, 'cdk.out'), '--template', template, '--no-color'];
  const said = execFileSync(process.execPath, ['node_modules/aws-cdk/bin/cdk', ...diff, '--no-notices'], {
    encoding: 'utf8',
    env: { ...process.env, CI: 'true' }, // what is said goes to stdout then
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(said).toContain('Stack Paperboy');
  return said
    .split('\n')
    .filter((line) => STATEFUL.some((type) => line.includes(` ${type} `)) && isLoss(line));
}

/** `[-]` went away, whatever becomes of it; else the last word is what CloudFormation does. */
const isLoss = (line: string): boolean =>
  line.startsWith('[-]') || /\b(may be replaced|replace|destroy|orphan)$/.test(line.trimEnd());

test('no table, key, queue, identity, log or address is replaced or lost', () => {
  const types = new Set(Object.values(kept().Resources).map(({ Type }) => Type));
  expect(STATEFUL.filter((type) => !types.has(type))).toEqual([]);
  expect(lost(kept())).toEqual([]);
});

test('a table with another key, and a secret by another name, would be seen', () => {
  const before = kept();
  const idOf = (type: string): string =>
    Object.entries(before.Resources).find(([, { Type }]) => Type === type)?.[0] ?? '';
  const [table, secret] = [idOf('AWS::DynamoDB::GlobalTable'), idOf('AWS::SecretsManager::Secret')];
  const { [secret]: keys, ...others } = before.Resources;
  if (!keys || !others[table]) throw new Error('The kept template has no table or no secret');
  others[table].Properties['KeySchema'] = [{ AttributeName: 'another', KeyType: 'HASH' }];
  expect(lost({ ...before, Resources: { ...others, [`Older${secret}`]: keys } })).toEqual([
    `[-] AWS::SecretsManager::Secret Older${secret} orphan`,
    expect.stringMatching(new RegExp(`^\\[~\\] AWS::DynamoDB::GlobalTable .*${table} replace$`)),
  ]);
});
