/** A question to version 2 of SES's API, which knows what version 1 has no words for; asked without a second SDK client. */
import { ses } from './mailer';
import { endpointOf } from './raw-email';

/** Where SES is, for both versions. */
export const sesUrl = (): Promise<URL> => endpointOf(ses.config);

/** @throws Error named as SES names it, such as NotFoundException */
export async function askVersionTwo(path: string): Promise<unknown> {
  const url = new URL(path, await sesUrl());
  const answer = await fetch(url, { headers: await signed(url), signal: AbortSignal.timeout(10_000) });
  const body: unknown = await answer.json();
  if (answer.ok) return body;
  const name = answer.headers.get('x-amzn-errortype')?.split(':')[0] ?? `status ${answer.status}`;
  throw Object.assign(new Error(`Can't ask SES for ${path}: ${name}`, { cause: body }), { name });
}

/** With the client's own signer, credentials and region. */
async function signed(url: URL): Promise<Record<string, string>> {
  const signer = await ses.config.signer({
    name: 'sigv4',
    signingName: 'ses',
    signingRegion: await ses.config.region(),
    properties: {},
  });
  const { protocol, hostname, pathname: path, host } = url;
  const request = { method: 'GET', protocol, hostname, path, headers: { host }, query: {} };
  const { headers } = await signer.sign(request);
  return headers;
}
