/** newsletter.json as it was deployed: from the environment of a function that has it. */
import * as z from 'zod/mini';
import { readSettings, type Settings } from '../core/settings';
import { signedGet } from './signed-get';

const Configuration = z.object({
  Environment: z.object({ Variables: z.object({ NEWSLETTER: z.string() }) }),
});

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export async function deployedSettings(functionArn: string): Promise<Settings> {
  const [, partition, , region, , , name = ''] = functionArn.split(':');
  const there = `https://lambda.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
  const endpoint = process.env['AWS_ENDPOINT_URL_LAMBDA'] ?? process.env['AWS_ENDPOINT_URL'] ?? there;
  const path = `/2015-03-31/functions/${encodeURIComponent(name)}/configuration`;
  const { Environment } = Configuration.parse(await signedGet(new URL(path, endpoint), 'lambda'));
  return readSettings(JSON.parse(Environment.Variables.NEWSLETTER));
}
