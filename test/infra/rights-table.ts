/** `node --import tsx test/infra/rights-table.ts`: writes docs/rights.md, who may do what by the synthesised template. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { paperboy } from '../../infra/stack';
import { readSettings } from '../../lambdas/core/settings';
import { app, handlers, partOf, resources, settings, type Statement, text } from './template';

export const PAGE = join(__dirname, '..', '..', 'docs', 'rights.md');

/** A newsletter with all that settings can ask for, so that no right is missing here. */
const everything = readSettings({
  ...settings,
  sources: [{ kind: 'hugging-face', tokenSecret: 'paperboy/hugging-face' }],
  joining: { proof: true },
  leaving: { goodbye: true },
});

export interface Right {
  who: string;
  thing: string;
  actions: string[];
  condition: string;
}

/** Why a right is about more than one thing: whoever adds such a right gives the reason here. */
const wide: Record<string, string> = {
  'ses:identity/*':
    "in SES's sandbox the recipient's identity is checked too; the condition leaves one sender's address",
  '*': 'the account has one quota, and the action knows no resource',
  'secretsmanager:secret:paperboy/hugging-face-??????':
    'a secret that the operator made; an ARN ends in six letters that nobody knows beforehand',
};

export const reasonFor = ({ thing }: Right): string | undefined => wide[thing];
export const isWide = ({ thing }: Right): boolean => /[*?]/.test(thing);

/** What roles may do, and what is allowed to a service by a queue's, a topic's or a function's own word. */
export function rightsIn(template: Template): Right[] {
  const byRole = resources(template, 'AWS::IAM::Policy').flatMap(({ Properties }) =>
    (Properties.Roles as unknown[]).flatMap((role) => allowed(Properties, text(role))),
  );
  const byQueueOrTopic = ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy']
    .flatMap((type) => resources(template, type))
    .flatMap(({ Properties }) => allowed(Properties));
  const byFunction = resources(template, 'AWS::Lambda::Permission').map(({ Properties }) => ({
    who: String(Properties.Principal),
    thing: text(Properties.FunctionName),
    actions: [String(Properties.Action)],
    condition: `${text(Properties.SourceArn).split(':').at(-1)}`,
  }));
  return [...byRole, ...byQueueOrTopic, ...byFunction];
}

/** To a role, or to whom the statement itself names. */
function allowed(properties: Record<string, unknown>, role?: string): Right[] {
  const { Statement } = properties.PolicyDocument as { Statement: Statement[] };
  return Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(
    ({ Action, Resource, Condition, Principal }) =>
      [Resource].flat().map((thing) => ({
        who: handlers.find((handler) => partOf(handler, 'Role') === role) ?? role ?? text(Principal?.Service),
        thing: text(thing).replace(/^arn:AWS::Partition:(\w+):AWS::Region:AWS::AccountId:/, '$1:'),
        actions: [Action].flat().toSorted(),
        condition: conditionOf(Condition),
      })),
  );
}

const conditionOf = (condition: Statement['Condition'] = {}): string =>
  Object.values(condition)
    .flatMap((one) => Object.entries(one).map(([key, value]) => `${key} = ${text(value)}`))
    .join(', ');

/** The rights as the page shows them, a row for each role or service and each thing. */
export const rights = (): Right[] =>
  rightsIn(Template.fromStack(paperboy(app(), everything))).toSorted((a, b) =>
    `${a.who} ${a.thing}` < `${b.who} ${b.thing}` ? -1 : 1,
  );

export function page(all: readonly Right[]): string {
  const sections = [...new Set(all.map(({ who }) => who))].map((who) => {
    const rows = all.filter((right) => right.who === who).map(rowOf);
    return `## ${who}\n\n${table(['what', 'may', 'only if, and why so wide'], rows)}\n`;
  });
  return `# Who may do what

Read from the synthesised template, with all that \`newsletter.json\` can ask for (a proof of work at the form, a last mail to readers who unsubscribed, a token for Hugging Face); without that these rights are not there. A test compares it with the template, so that a new right is seen in review; \`node --import tsx test/infra/rights-table.ts\` writes it anew. What the handlers' own rights are for stands in [infra/rights.ts](../infra/rights.ts); the rest comes with their triggers.

${sections.join('\n')}`;
}

const rowOf = (right: Right): string[] => [
  right.thing,
  right.actions.join(', '),
  [right.condition, isWide(right) ? (reasonFor(right) ?? 'NO REASON') : ''].filter(Boolean).join('; '),
];

/** Columns as wide as Prettier has them. */
function table(head: string[], rows: string[][]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('*', '\\*')));
  const widths = head.map((_, n) => Math.max(...cells.map((row) => row[n]?.length ?? 0)));
  const line = (row: string[], filler: string) =>
    `| ${row.map((cell, n) => cell.padEnd(widths[n] ?? 0, filler)).join(' | ')} |`;
  const [first = [], ...others] = cells;
  return [
    line(first, ' '),
    line(
      head.map(() => ''),
      '-',
    ),
    ...others.map((row) => line(row, ' ')),
  ].join('\n');
}

if (require.main === module) writeFileSync(PAGE, page(rights()));
