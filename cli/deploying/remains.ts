/** What stays in the account when a stack goes, as its template says, and what goes with it. */
import type { DeployedStack } from '../../lambdas/aws/stacks';

/** A type in words, where the template's is not the one an operator knows. */
const words: Record<string, string> = {
  'AWS::DynamoDB::GlobalTable': 'table',
  'AWS::SecretsManager::Secret': 'secret',
};

export interface Remains {
  /** Such as "table  Paperboy-Tablessubscribers1A2B". */
  stays: string[];
  /** How many of each type. */
  goes: string[];
}

export function remainsOf({ template, names }: Pick<DeployedStack, 'template' | 'names'>): Remains {
  const stays: string[] = [];
  const going = new Map<string, number>();
  for (const [id, { Type, DeletionPolicy = 'Delete' }] of Object.entries(template.Resources)) {
    if (DeletionPolicy === 'Delete') going.set(Type, (going.get(Type) ?? 0) + 1);
    else stays.push(`${(words[Type] ?? Type).padEnd(7)} ${names.get(id) ?? id}`);
  }
  const goes = [...going]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([type, count]) => `${count} × ${type.replace(/^AWS::/, '')}`);
  return { stays, goes };
}
