/** A stack as CloudFormation has it: its outputs, its template, and what it made under which names. */
import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import * as z from 'zod/mini';

/** The template as CDK wrote it, as far as it says what becomes of a thing when the stack goes. */
export type Template = z.infer<typeof Template>;
const Template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), DeletionPolicy: z.optional(z.string()) })),
});

export interface DeployedStack {
  outputs: Record<string, string>;
  template: Template;
  /** Names in the account by the template's. */
  names: Map<string, string>;
}

/** Undefined where there is no such stack. */
export async function findStack(StackName: string): Promise<DeployedStack | undefined> {
  const client = new CloudFormationClient({ maxAttempts: 3 });
  try {
    const outputs = await outputsOf(client, StackName);
    if (!outputs) return undefined;
    const { TemplateBody = '{}' } = await client.send(new GetTemplateCommand({ StackName }));
    const names = new Map<string, string>();
    for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName }))
      for (const { LogicalResourceId = '', PhysicalResourceId = '' } of StackResourceSummaries)
        names.set(LogicalResourceId, PhysicalResourceId);
    return { outputs, template: Template.parse(JSON.parse(TemplateBody)), names };
  } finally {
    client.destroy();
  }
}

async function outputsOf(
  client: CloudFormationClient,
  StackName: string,
): Promise<Record<string, string> | undefined> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    const outputs = Stacks[0]?.Outputs ?? [];
    return Object.fromEntries(
      outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    );
  } catch (error) {
    // CloudFormation has no name of its own for it
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw new Error(`Can't ask CloudFormation for the stack ${StackName}`, { cause: error });
  }
}
