/** As whom AWS knows this machine: the account, by whichever credentials the SDK finds here. */
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import * as z from 'zod/mini';

export interface Caller {
  account: string;
  region: string;
}

/** Needs no right. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export async function caller(): Promise<Caller> {
  const requestHandler = { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true };
  const client = new STSClient({ maxAttempts: 2, requestHandler });
  try {
    const { Account } = await client.send(new GetCallerIdentityCommand({}));
    return { account: z.string().parse(Account), region: await client.config.region() };
  } finally {
    client.destroy();
  }
}
