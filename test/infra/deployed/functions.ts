/** Each handler as CloudFormation would make it: its bundle, its environment and its rights, read from the template. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import cdk from '../../../cdk.json';
import { paperboy } from '../../../infra/stack';
import type { Settings } from '../../../lambdas/core/settings';
import { type HandlerName, triggers } from '../../../lambdas/triggers';
import { handlers, nameOf, partOf, type Statement, text } from '../template';

export interface Deployed {
  /** The bundle. */
  file: string;
  /** As the template says it: values, and references to what the stack makes. */
  environment: Record<string, unknown>;
  statements: Statement[];
  seconds: number;
}

interface Template {
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

export interface Deployment {
  functions: Record<HandlerName, Deployed>;
  /** What opens each function, in the words of triggers.ts. */
  opened: Record<string, unknown>;
}

/** Bundles and synthesises into `folder`, as `npx cdk synth` does. */
export function deployed(settings: Settings, folder: string): Deployment {
  const app = new App({ builtinCloudFormationValidation: false, outdir: folder, context: cdk.context });
  const { stackName } = paperboy(app, settings);
  app.synth();
  const template = JSON.parse(readFileSync(join(folder, `${stackName}.template.json`), 'utf8')) as Template;
  const functions = Object.fromEntries(handlers.map((name) => [name, functionOf(template, folder, name)]));
  return { functions: functions as Record<HandlerName, Deployed>, opened: openedBy(template) };
}

const ofType = (template: Template, type: string) =>
  Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) =>
    Type === type ? [{ name: nameOf(id), Properties }] : [],
  );

function functionOf(template: Template, folder: string, handler: HandlerName): Deployed {
  const made = ofType(template, 'AWS::Lambda::Function').find(
    ({ name }) => name === partOf(handler, 'Function'),
  );
  if (!made) throw new Error(`Can't find the function of ${handler} in the template`);
  const { Code, Environment, Role, Timeout } = made.Properties as {
    Code: { S3Key: string };
    Environment: { Variables: Record<string, unknown> };
    Role: unknown;
    Timeout: number;
  };
  const statements = ofType(template, 'AWS::IAM::Policy')
    .filter(({ Properties }) => (Properties['Roles'] as unknown[]).map(text).includes(text(Role)))
    .flatMap(({ Properties }) => (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement);
  return {
    file: join(folder, `asset.${Code.S3Key.replace('.zip', '')}`, 'index.js'),
    environment: Environment.Variables,
    statements,
    seconds: Timeout,
  };
}

/** `{ subscribe: { kind: 'web', paths: ['/subscribe'] }, … }`, from routes, schedules and event sources. */
function openedBy(template: Template): Record<string, unknown> {
  const integrations = new Map(
    ofType(template, 'AWS::ApiGatewayV2::Integration').map(({ name, Properties }) => [
      `integrations/${name}`,
      text(Properties['IntegrationUri']),
    ]),
  );
  const opened: Record<string, { kind: string; paths?: string[]; crons?: string[]; queue?: string }> = {};
  for (const { Properties } of ofType(template, 'AWS::ApiGatewayV2::Route')) {
    const by = integrations.get(text(Properties['Target'])) ?? '';
    const path = String(Properties['RouteKey']).replace(/^ANY /, '');
    opened[by] = { kind: 'web', paths: [...(opened[by]?.paths ?? []), path] };
  }
  for (const { Properties } of ofType(template, 'AWS::Scheduler::Schedule')) {
    const { Arn } = Properties['Target'] as { Arn: unknown };
    const cron = String(Properties['ScheduleExpression']).replace(/^cron\((.*)\)$/, '$1');
    opened[text(Arn)] = { kind: 'clock', crons: [...(opened[text(Arn)]?.crons ?? []), cron] };
  }
  for (const { Properties } of ofType(template, 'AWS::Lambda::EventSourceMapping'))
    opened[text(Properties['FunctionName'])] = { kind: 'queue', queue: text(Properties['EventSourceArn']) };
  return Object.fromEntries(
    (Object.keys(triggers) as HandlerName[]).map((name) => [name, opened[partOf(name, 'Function')]]),
  );
}
