/** A GET to AWS without an SDK client of its own: one question is not worth one, and the mailer's signs for any service. */
import { ses } from './mailer';

/** @throws Error named as AWS names it, such as NotFoundException */
export async function signedGet(url: URL, service: string): Promise<unknown> {
  const headers = await signed(url, service);
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
  const body: unknown = await answer.json();
  if (answer.ok) return body;
  const name = answer.headers.get('x-amzn-errortype')?.split(':')[0] ?? `status ${answer.status}`;
  throw Object.assign(new Error(`Can't ask ${service} for ${url.pathname}: ${name}`, { cause: body }), {
    name,
  });
}

/** With that client's signer, credentials and region. */
async function signed(url: URL, signingName: string): Promise<Record<string, string>> {
  const signer = await ses.config.signer({
    name: 'sigv4',
    signingName,
    signingRegion: await ses.config.region(),
    properties: {},
  });
  const { protocol, hostname, pathname: path, host } = url;
  const request = { method: 'GET', protocol, hostname, path, headers: { host }, query: {} };
  const { headers } = await signer.sign(request);
  return headers;
}
