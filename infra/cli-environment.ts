/** What the operator's commands find the newsletter by, as an output of the stack: one line to put before a command. */
import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { Thing, Usable } from './rights';
import type { Schedules } from './schedules';

/** The keys too: without them no address leads to its subscriber, whose id is made with them. */
const needed = [
  'papers',
  'editions',
  'subscribers',
  'deliveries',
  'joins',
  'joins/dead-letters',
  'lanes',
  'lanes/dead-letters',
  'feedback',
  'feedback/dead-letters',
  'keys',
  'mail',
] as const satisfies readonly Thing[];

export function cliEnvironment(
  stack: Stack,
  things: Record<Thing, Usable>,
  schedules: Pick<Schedules, 'variables'>,
): CfnOutput {
  const region = { name: 'AWS_REGION', value: stack.region };
  const variables = [...needed.flatMap((thing) => things[thing].variable ?? []), ...schedules.variables];
  return new CfnOutput(stack, 'CliEnvironment', {
    description: 'What an operator puts before a command, such as npm run paperboy -- editions list',
    value: [region, ...variables].map(({ name, value }) => `${name}=${value}`).join(' '),
  });
}
