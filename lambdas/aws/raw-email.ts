/** SendRawEmail written by hand: what the SDK would send, for a quarter of its processor time (docs/benchmarks.md). */
import { createHash, createHmac } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';
import type { SESClient } from '@aws-sdk/client-ses';
import type { Answer } from '../core/delivery';

export interface RawEmail {
  to: string;
  /** The whole message, ASCII with CRLF. */
  raw: string;
  configurationSet: string;
  tags: Readonly<Record<string, string>>;
}

/** The parts of an SDK client that a call needs: where SES is, and as whom to call it. */
type Config = Pick<
  SESClient['config'],
  | 'region'
  | 'credentials'
  | 'endpointProvider'
  | 'useDualstackEndpoint'
  | 'useFipsEndpoint'
  | 'systemClockOffset'
>;
type Credentials = Awaited<ReturnType<Config['credentials']>>;

/** A kept connection is dropped after two idle seconds: one that died while Lambda slept would cost a reader the mail. */
const kept = { keepAlive: true, maxSockets: 50, timeout: 2_000 };
const agents = { 'http:': new http.Agent(kept), 'https:': new https.Agent(kept) };

/** Sends once, with the client's endpoint, region and credentials; rejects when no whole answer came in `milliseconds`. */
export async function sendRawEmail(config: Config, email: RawEmail, milliseconds: number): Promise<Answer> {
  const body = Buffer.from(formOf(email), 'latin1');
  const [url, region, credentials] = [
    await endpointOf(config),
    await config.region(),
    await config.credentials(),
  ];
  const headers = signed(
    {
      'content-length': String(body.length),
      'content-type': 'application/x-www-form-urlencoded',
      host: url.host,
      'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
      'x-amz-date': amzDate(Date.now() + config.systemClockOffset),
      ...(credentials.sessionToken && { 'x-amz-security-token': credentials.sessionToken }),
    },
    credentials,
    region,
  );
  return read(await post(url, headers, body, milliseconds));
}

/** https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html, in the SDK's order. */
export function formOf({ to, raw, configurationSet, tags }: RawEmail): string {
  const base64 = Buffer.from(raw, 'latin1').toString('base64');
  // ASCII makes few of these three: much quicker than looking at every character
  const data = base64.replaceAll('+', '%2B').replaceAll('/', '%2F').replaceAll('=', '%3D');
  const tagged = Object.entries(tags).map(
    ([name, value], n) =>
      `&Tags.member.${n + 1}.Name=${encoded(name)}&Tags.member.${n + 1}.Value=${encoded(value)}`,
  );
  return `Action=SendRawEmail&Version=2010-12-01&RawMessage.Data=${data}&Destinations.member.1=${encoded(to)}${tagged.join('')}&ConfigurationSetName=${encoded(configurationSet)}`;
}

/** RFC 3986's unreserved characters stay; encodeURIComponent leaves five more. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** As the SDK finds it: AWS_ENDPOINT_URL_SES or AWS_ENDPOINT_URL, or else the region's own. */
export async function endpointOf(config: Config): Promise<URL> {
  const Endpoint = process.env['AWS_ENDPOINT_URL_SES'] ?? process.env['AWS_ENDPOINT_URL'];
  const { url } = config.endpointProvider({
    Region: await config.region(),
    UseDualStack: await config.useDualstackEndpoint(),
    UseFIPS: await config.useFipsEndpoint(),
    ...(Endpoint && { Endpoint }),
  });
  return url;
}

/** 20250310T070000Z */
const amzDate = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/**
 * Signature version 4 of a POST to / of SES; `headers` have lower-case names in alphabetical order, all are signed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
function signed(
  headers: Readonly<Record<string, string>>,
  { accessKeyId, secretAccessKey }: Credentials,
  region: string,
): Record<string, string> {
  const date = headers['x-amz-date'] ?? '';
  const scope = `${date.slice(0, 8)}/${region}/ses/aws4_request`;
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const request = `POST\n/\n\n${lines.join('')}\n${names}\n${headers['x-amz-content-sha256']}`;
  const text = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${createHash('sha256').update(request).digest('hex')}`;
  const signature = mac(signingKey(secretAccessKey, scope), text).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization };
}

const mac = (key: Buffer, part: string): Buffer => createHmac('sha256', key).update(part).digest();

let known: { secret: string; scope: string; key: Buffer } | undefined;

/** The same for a day. */
function signingKey(secret: string, scope: string): Buffer {
  if (known?.secret === secret && known.scope === scope) return known.key;
  const key = scope.split('/').reduce(mac, Buffer.from(`AWS4${secret}`));
  known = { secret, scope, key };
  return key;
}

interface Response {
  status: number;
  text: string;
}

/** The time counts from the wait for a connection to the answer's end. */
function post(
  url: URL,
  headers: Record<string, string>,
  body: Buffer,
  milliseconds: number,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const { request } = secure ? https : http;
    const agent = agents[secure ? 'https:' : 'http:'];
    const call = request(url, { method: 'POST', headers, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text })).on('error', reject);
    });
    const end = setTimeout(
      () => call.destroy(new Error(`Can't wait for SES any longer than ${milliseconds} ms`)),
      milliseconds,
    );
    call
      .on('error', reject)
      .on('close', () => clearTimeout(end))
      .end(body);
  });
}

function read({ status, text }: Response): Answer {
  if (status >= 200 && status < 300)
    return { messageId: field(text.split('<SendRawEmailResult>')[1] ?? '', 'MessageId') };
  return {
    error: { name: field(text, 'Code') ?? 'Unknown', message: field(text, 'Message') ?? 'Unknown', status },
  };
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", '#39': "'" };

function field(xml: string, name: string): string | undefined {
  const [, text] = new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml) ?? [];
  return text?.replace(/&(#?\w+);/g, (whole, entity: string) => ENTITIES[entity] ?? whole);
}
