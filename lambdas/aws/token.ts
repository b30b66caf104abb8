/** A source's token, from the secret that the operator put it in: it stands in no setting, no environment and no log. */
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { secrets } from './keys';

/** Read once a run. Throws where the secret holds no token: one word that can stand in a header. */
export async function token(secretName: string): Promise<string> {
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: secretName }));
  const word = SecretString.trim();
  if (!/^[\x21-\x7e]{1,1000}$/.test(word)) throw new Error(`Can't find a token in the secret ${secretName}`);
  return word;
}
