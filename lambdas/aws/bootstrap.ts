/** Whether the account's region is prepared for CDK: what a deployment needs there once, before the first stack. */
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod/mini';

/** Where `cdk bootstrap` leaves its version, and every template of CDK looks for it. */
const PARAMETER = '/cdk-bootstrap/hnb659fds/version';

/**
 * The version; `none` where it was never done, `hidden` where the caller may not look: a role that may only pass on to
 * those of CDK, say.
 */
export async function bootstrapVersion(): Promise<number | 'none' | 'hidden'> {
  const client = new SSMClient({ maxAttempts: 2 });
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: PARAMETER }));
    return z.coerce.number().check(z.int()).parse(Parameter?.Value);
  } catch (error) {
    const { name } = error as Error;
    if (name === 'ParameterNotFound') return 'none';
    if (name === 'AccessDeniedException') return 'hidden';
    throw new Error(`Can't read ${PARAMETER}`, { cause: error });
  } finally {
    client.destroy();
  }
}
