/** The region that calls from this machine go to, and whether it has all that a newsletter needs. */
import { lookup } from 'node:dns/promises';
import { STSClient } from '@aws-sdk/client-sts';

/** Of the environment or the profile; undefined where neither names one. */
export async function regionHere(): Promise<string | undefined> {
  const client = new STSClient({});
  try {
    return await client.config.region();
  } catch {
    return process.env['AWS_DEFAULT_REGION']; // which the SDK doesn't read, and other tools do
  } finally {
    client.destroy();
  }
}

/** Not every region has them. Their names in the DNS tell, so that no list grows old here. */
const needed = {
  SES: { host: 'email', variable: 'AWS_ENDPOINT_URL_SES' },
  'EventBridge Scheduler': { host: 'scheduler', variable: 'AWS_ENDPOINT_URL_SCHEDULER' },
};

type LookUp = (host: string) => Promise<unknown>;

/** Services that the region doesn't have, as far as the DNS can be asked; those that have another address are there. */
export async function missingIn(region: string, lookUp: LookUp = lookup): Promise<string[]> {
  const missing: string[] = [];
  for (const [service, { host, variable }] of Object.entries(needed)) {
    if (process.env[variable] ?? process.env['AWS_ENDPOINT_URL']) continue;
    const isMissing = await lookUp(`${host}.${region}.amazonaws.com`).then(
      () => false,
      (error: NodeJS.ErrnoException) => error.code === 'ENOTFOUND',
    );
    if (isMissing) missing.push(service);
  }
  return missing;
}
