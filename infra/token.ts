/** The secret with the token for a source of papers: the operator makes it and names it in newsletter.json. */
import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from '../lambdas/core/settings';
import type { Usable } from './rights';

export function tokenOf(scope: Construct, { sources }: Settings): { token: Usable } {
  const names = sources.flatMap((source) =>
    source.kind === 'hugging-face' ? (source.tokenSecret ?? []) : [],
  );
  const arns = names.map((name) =>
    Stack.of(scope).formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      // an ARN ends in six letters that nobody can know beforehand
      resourceName: `${name}-??????`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
  );
  return { token: { service: 'secretsmanager', arns } };
}
