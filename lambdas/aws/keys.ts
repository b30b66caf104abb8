/** The keys that sign links, from Secrets Manager: read once per container and every few minutes after a rotation. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { english } from '../core/english';
import { Keys } from '../core/identity';
import { variable } from './environment';

const FRESH_MS = 300_000;

export const secrets = new SecretsManagerClient({});
let known: { keys: Keys; readAt: number } | undefined;

export async function keys(): Promise<Keys> {
  if (known && Date.now() - known.readAt < FRESH_MS) return known.keys;
  const { SecretString } = await secrets.send(
    new GetSecretValueCommand({ SecretId: variable('KEYS_SECRET') }),
  );
  const read = Keys.safeParse(JSON.parse(SecretString ?? 'null'), { error: english });
  if (!read.success)
    throw new Error("Can't use the keys in the secret", { cause: read.error.issues[0]?.message });
  known = { keys: read.data, readAt: Date.now() };
  return known.keys;
}
