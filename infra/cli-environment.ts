/** What the operator's commands find the newsletter by, as an output of the stack: one line to put before a command. */
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Thing, Usable } from './rights';

/** The keys too: a subscriber's id is made of the address with them. */
const needed = [
  'papers',
  'editions',
  'subscribers',
  'deliveries',
  'lanes',
  'lanes/dead-letters',
  'feedback',
  'feedback/dead-letters',
  'keys',
] as const satisfies readonly Thing[];

export class CliEnvironment extends Construct {
  constructor(scope: Construct, id: string, things: Record<Thing, Usable>) {
    super(scope, id);
    const stack = Stack.of(this);
    const variables = needed.flatMap((thing) => things[thing].variable ?? []);
    const region = { name: 'AWS_REGION', value: stack.region };
    new CfnOutput(stack, 'CliEnvironment', {
      description: 'Put this before a command: … npm run paperboy -- papers import FILE',
      value: [region, ...variables].map(({ name, value }) => `${name}=${value}`).join(' '),
    });
  }
}
