/** The hand-written SendRawEmail beside the SDK's own: the same bytes on the wire, and the same meaning of every answer. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses';
import * as fc from 'fast-check';
import { sendRawEmail, type RawEmail } from '../../lambdas/aws/raw-email';
import { classify, type Outcome } from '../../lambdas/core/delivery';
import { close, listen } from '../../local/loopback';
import { errorXml, SesError } from '../../local/ses-xml';
import { freezeDate } from '../world';

interface Heard {
  method: string | undefined;
  url: string | undefined;
  headers: Record<string, unknown>;
  body: string;
}
type Answering = (response: ServerResponse) => void;

const accepted = `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult>
  <MessageId>0100-1</MessageId></SendRawEmailResult></SendRawEmailResponse>`;
const answers =
  (status: number, text: string, type = 'text/xml'): Answering =>
  (response) =>
    void response.writeHead(status, { 'content-type': type }).end(text);
const refuses = (code: string, message: string, status = 400): Answering =>
  answers(status, errorXml(new SesError(code, message, status)));

const email: RawEmail = {
  to: 'ada+papers@example.org',
  raw: readFileSync(join(__dirname, '..', 'golden', 'digest.eml'), 'latin1'),
  configurationSet: 'paper-boy_1',
  tags: { edition: 'weekly-2025-W11', subscriber: 'a-b_c', attempt: '1' },
};

const reasonOf = (meaning: Outcome) => meaning.outcome === 'refused' && meaning.reason;

let server: Server;
let heard: Heard[] = [];
let answering: Answering = answers(200, accepted);
const clients: SESClient[] = [];

beforeAll(async () => {
  server = createServer((request, response) => void hear(request, response));
  process.env['AWS_ENDPOINT_URL_SES'] = await listen(server);
  freezeDate('2025-03-10T07:00:00.000Z');
});
afterEach(() => {
  heard = [];
  answering = answers(200, accepted);
});
afterAll(async () => {
  jest.useRealTimers();
  for (const client of clients) client.destroy();
  await close(server);
});

async function hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const { method, url, headers } = request;
  heard.push({ method, url, headers, body: Buffer.concat(chunks).toString('latin1') });
  response.sendDate = false; // or the SDK sets its clock by it
  answering(response);
}

/** The SDK's client; what it says about itself and its tries is left out of its request before it is signed. */
function plain(sessionToken?: string): SESClient {
  const secretAccessKey = `wJalr+/EXAMPLEKEY${clients.length}`; // Lambda's change within a day
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey, ...(sessionToken && { sessionToken }) };
  const client = new SESClient({ region: 'eu-west-1', maxAttempts: 1, credentials });
  client.middlewareStack.addRelativeTo(
    <Call extends { request: unknown }, Result>(next: (call: Call) => Promise<Result>) =>
      (call: Call) => {
        const { headers } = call.request as { headers: Record<string, string> };
        for (const name of ['amz-sdk-invocation-id', 'amz-sdk-request', 'user-agent', 'x-amz-user-agent'])
          delete headers[name];
        return next(call);
      },
    { relation: 'before', toMiddleware: 'httpSigningMiddleware', name: 'plain' },
  );
  clients.push(client);
  return client;
}

/** Our own call comes at the same second. */
async function bySdk(client: SESClient, { to, raw, configurationSet, tags }: RawEmail) {
  const answer = await client.send(
    new SendRawEmailCommand({
      Destinations: [to],
      RawMessage: { Data: Buffer.from(raw, 'latin1') },
      ConfigurationSetName: configurationSet,
      Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
    }),
    { abortSignal: AbortSignal.timeout(4_000) },
  );
  const at = String(heard[0]?.headers['x-amz-date']).replace(
    /^(....)(..)(..T..)(..)(..Z)$/,
    '$1-$2-$3:$4:$5',
  );
  jest.setSystemTime(new Date(at));
  return answer;
}

test.each([undefined, 'a+session/token=='])(
  'SES hears the same bytes, headers and signature as from the SDK (session token: %s)',
  async (sessionToken) => {
    const client = plain(sessionToken);
    await bySdk(client, email);
    await sendRawEmail(client.config, email, 10_000);
    expect(heard).toHaveLength(2);
    expect(heard[1]).toEqual(heard[0]);
    expect(heard[0]?.headers['authorization']).toMatch(/\/20\d{6}\/eu-west-1\/ses\/aws4_request/);
  },
);

test('whatever a mail holds and however long it is, the bytes stay the same', async () => {
  const client = plain();
  const text = fc.string({ unit: fc.constantFrom(...Array.from("ab>?~/+=&%'()*! \r\n.")) });
  const mails = fc.record({
    to: fc.constantFrom("o'hara!(x)*@example.org", 'a+b@xn--bcher-kva.example'),
    raw: text.map((line) => `To: x\r\n\r\n${line}`),
    configurationSet: fc.constantFrom('paperboy', "a(b)*'!"),
    tags: fc.constantFrom({ edition: 'daily-2025-03-10' }, { a: '1', b: 'x y' }),
  });
  await fc.assert(
    fc.asyncProperty(mails, async (mail) => {
      heard = [];
      await bySdk(client, mail);
      await sendRawEmail(client.config, mail, 1_000);
      expect(heard[1]).toEqual(heard[0]);
    }),
    { numRuns: 50 },
  );
});

test('without an address of its own SES is called where the region says', async () => {
  const region = 'eu-west-1';
  const { config } = plain();
  const { url } = config.endpointProvider({ Region: region, UseDualStack: false, UseFIPS: false });
  expect(url.href).toBe('https://email.eu-west-1.amazonaws.com/');
});

/** What SES or something between may answer. */
const cases: [what: string, Answering, Outcome['outcome']][] = [
  ['an id', answers(200, accepted), 'accepted'],
  ['no id', answers(200, '<SendRawEmailResponse><SendRawEmailResult/></SendRawEmailResponse>'), 'unknown'],
  ['another page', answers(200, '<!doctype html><title>OK</title>', 'text/html'), 'unknown'],
  ['nothing', answers(200, ''), 'unknown'],
  ['too many a second', refuses('Throttling', 'Maximum sending rate exceeded.'), 'throttled'],
  ['too many a day', refuses('Throttling', 'Daily message quota exceeded.'), 'exhausted'],
  ['a bad address', refuses('MessageRejected', 'Address <a&b> "blacklisted".'), 'refused'],
  ['a paused account', refuses('AccountSendingPausedException', 'Disabled.'), 'stopped'],
  ['no such set', refuses('ConfigurationSetDoesNotExist', 'No <x>.'), 'stopped'],
  ['a wrong signature', refuses('SignatureDoesNotMatch', 'Check your key.', 403), 'stopped'],
  ['a fault', refuses('InternalFailure', 'Oops.', 500), 'unknown'],
  ['no service', answers(503, '<html><body>no', 'text/html'), 'unknown'],
  ['a proxy that says no', answers(400, '<html><body>no</body></html>', 'text/html'), 'refused'],
  ['a proxy that is busy', answers(429, ''), 'throttled'],
  ['a hang-up', (response) => void response.destroy(), 'unknown'],
  [
    'half an answer',
    (response) => {
      response.writeHead(200, { 'content-length': '1000' }).write(accepted);
      setTimeout(() => response.destroy(), 20);
    },
    'unknown',
  ],
  ['silence', () => {}, 'unknown'],
];

test.each(cases)('an answer means what it means to the SDK: %s', async (_, answer, outcome) => {
  answering = answer;
  const client = plain();
  const meant = (sent: ReturnType<typeof sendRawEmail>) =>
    sent
      .catch((error: Error) => ({ error: { name: error.name, message: error.message } }))
      .then((said) => classify(said, email.to));
  const fromSdk = bySdk(client, email).then(
    ({ MessageId }) => ({ messageId: MessageId }),
    (error: Error & { $metadata?: { httpStatusCode?: number } }) => ({
      error: { name: error.name, message: error.message, status: error.$metadata?.httpStatusCode },
    }),
  );
  const [ours, theirs] = [await meant(sendRawEmail(client.config, email, 4_000)), await meant(fromSdk)];
  expect([ours.outcome, theirs.outcome]).toEqual([outcome, outcome]);
  expect(reasonOf(ours)).toBe(reasonOf(theirs));
});
