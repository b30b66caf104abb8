/** The stack as CloudFormation gets it, in words: names without hashes, references as the names they point to. */
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import cdk from '../../cdk.json';
import { paperboy } from '../../infra/stack';
import { readSettings } from '../../lambdas/core/settings';
import { type HandlerName, triggers } from '../../lambdas/triggers';

export const settings = readSettings({
  name: 'Zeitungsträger 論文 📰',
  sender: { name: 'Zeitungsträger', address: 'digest@papers.example.org' },
  postalAddress: 'Beispielstraße 1, 12345 Beispielstadt',
  site: 'https://papers.example.org',
  timeZone: 'Europe/Berlin',
  cadences: {
    weekly: { cron: '0 7 ? * MON *', papers: 10 },
    daily: { cron: '30 6 * * ? *', papers: 5 },
  },
  sending: { senders: 3 },
});

/** An app as `npx cdk synth` makes it, but for the bundles and the built-in check of the template, which take seconds. */
export const app = (context: Record<string, unknown> = {}) =>
  new App({
    builtinCloudFormationValidation: false,
    context: { ...cdk.context, 'aws:cdk:bundling-stacks': [], ...context },
  });

/** Throws when cdk-nag has a finding that nobody answered. */
export const synth = (): Template => Template.fromStack(paperboy(app(), settings));

export interface Resource {
  name: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export const resources = (template: Template, type: string): Resource[] =>
  Object.entries(template.findResources(type)).map(([id, found]) =>
    Object.assign({ name: nameOf(id), Properties: {} }, found),
  );

export function resource(template: Template, type: string, name: string): Resource {
  const found = resources(template, type).find((one) => one.name === name);
  if (!found) throw new Error(`Can't find ${name} (${type}) in the template`);
  return found;
}

export interface Statement {
  Effect: string;
  Action: string | string[];
  Principal?: { Service: unknown };
  Resource: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

/** Who may do what with a queue by the queue's own word. */
export const statementsOf = (template: Template, queue: string): Statement[] =>
  resources(template, 'AWS::SQS::QueuePolicy')
    .filter(({ Properties }) => (Properties.Queues as unknown[]).map(text).includes(queue))
    .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement);

/** A value with its references as names: `{ "Fn::GetAtt": ["TablespapersB1C2D3E4", "Arn"] }` is "papers". */
export function text(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('Ref' in value) return nameOf(String(value.Ref));
  if ('Fn::GetAtt' in value) return nameOf(String((value['Fn::GetAtt'] as unknown[])[0]));
  if ('Fn::Join' in value) return (value['Fn::Join'] as [string, unknown[]])[1].map(text).join('');
  return JSON.stringify(value);
}

export const nameOf = (id: string): string => id.replace(/[0-9A-F]{8}$/, '').replace(/^Tables/, '');

export const handlers = Object.keys(triggers) as HandlerName[];

/** The name of a handler's function in the template, or of what stands beside it: its "Role", its "Log". */
export const partOf = (handler: HandlerName, part: 'Function' | 'Role' | 'Log'): string =>
  `${handler.replace('-', '')}${part}`;
