/** When the keys that sign links were made or last changed. */
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { variable } from './environment';
import { secrets } from './keys';

const Described = z.object({ CreatedDate: z.date(), LastChangedDate: z.optional(z.date()) });

/** Reads no key. */
export async function keysChangedAt(): Promise<Date> {
  const answer = await secrets.send(new DescribeSecretCommand({ SecretId: variable('KEYS_SECRET') }));
  const { CreatedDate, LastChangedDate = CreatedDate } = Described.parse(answer);
  return LastChangedDate;
}
