/** The local SES over the wire, with the SDK that speaks to the real one. */
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetSendQuotaCommand,
  ListIdentitiesCommand,
  SendRawEmailCommand,
  SESClient,
  type MessageTag,
  type SendRawEmailCommandInput,
} from '@aws-sdk/client-ses';
import type { FarEnd } from '../../local/far-end';
import { mailsOf, readMail } from '../../local/mailbox';
import { startSes, type Fault, type FaultySend, type SesOptions } from '../../local/ses';
import { openQuota } from '../../local/ses-quota';

let folder: string;
let ses: FarEnd;
let client: SESClient;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ses-'));
  await start();
});

afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

async function start(options: Partial<SesOptions> = {}): Promise<void> {
  ses = await startSes({ folder, port: 0, ...options });
  client = new SESClient({
    endpoint: ses.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
}

async function stop(): Promise<void> {
  client.destroy();
  await ses.close();
}

async function restart(options: Partial<SesOptions> = {}): Promise<void> {
  await stop();
  await start(options);
}

const HEADER = 'From: Paperboy <papers@example.org>\r\nTo: ada@example.org\r\nSubject: Papers\r\n';
const MAIL = `${HEADER}\r\nHello Ada\r\n`;

type Input = Partial<Omit<SendRawEmailCommandInput, 'RawMessage'>>;

async function send(raw: string | Buffer = MAIL, input: Input = {}): Promise<string> {
  const answer = await client.send(
    new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(raw) }, ...input }),
  );
  return answer.MessageId ?? 'no MessageId';
}

/** The whole answer to a refused send as the SDK shows it. */
const refusal = (raw: string | Buffer = MAIL, input: Input = {}) =>
  send(raw, input).then(
    () => 'accepted',
    (error: Error & { $metadata?: { httpStatusCode?: number } }) =>
      `${error.$metadata?.httpStatusCode} ${error.name}: ${error.message}`,
  );

async function onlyMail(): Promise<string> {
  const [mail, ...others] = await mailsOf(folder);
  if (!mail || others.length > 0) throw new Error(`There are ${others.length + (mail ? 1 : 0)} mails`);
  return (await readMail(folder, mail)).toString('latin1');
}

describe('a mail that SES accepts', () => {
  test('is on disk under the MessageId of the answer, with Date and Message-ID on top and the rest untouched', async () => {
    const messageId = await send();
    const stored = await onlyMail();
    const [date, id, ...rest] = stored.split('\r\n');
    expect(date).toMatch(/^Date: [A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/);
    expect(id).toBe(`Message-ID: <${messageId}@email.amazonses.com>`);
    expect(rest.join('\r\n')).toBe(MAIL);
    expect(await readdir(folder)).toEqual([`000001-${messageId}.eml`, 'index.jsonl']);
  });

  test('keeps a Date of its own and loses a Message-ID of its own, folded or not', async () => {
    const body = '\r\nMessage-ID: <in the body>\r\n\r\nDate: too\r\n\xe9\x00\xff';
    const raw = `${HEADER}date: Mon, 16 Mar 2026 07:00:00 +0000\r\nMessage-Id:\r\n <mine@example.org>\r\nX-Last: 1\r\n`;
    const messageId = await send(Buffer.from(raw + body, 'latin1'));
    expect(await onlyMail()).toBe(
      `Message-ID: <${messageId}@email.amazonses.com>\r\n${HEADER}date: Mon, 16 Mar 2026 07:00:00 +0000\r\nX-Last: 1\r\n${body}`,
    );
  });

  test('keeps bare line feeds as they are', async () => {
    await send('From: a@example.org\nTo: b@example.org\n\nHello\n\nAda\n');
    expect((await onlyMail()).split('\r\n').at(-1)).toBe(
      'From: a@example.org\nTo: b@example.org\n\nHello\n\nAda\n',
    );
  });

  test('is in the index with what a reader of the folder needs', async () => {
    const messageId = await send(
      MAIL.replace('Subject: Papers', 'Subject: =?utf-8?Q?Gr=C3=B6=C3=9Fer?=\r\n =?utf-8?B?IOiuuuaWhw==?='),
      {
        Destinations: ['Ada@Example.org'],
        Tags: [
          { Name: 'edition', Value: 'weekly-2026-W12' },
          { Name: 'attempt', Value: '1' },
        ],
        ConfigurationSetName: 'newsletter',
      },
    );
    const line = (await readFile(join(folder, 'index.jsonl'), 'utf8')).trimEnd();
    const stored = await onlyMail();
    expect(JSON.parse(line)).toEqual({
      number: 1,
      messageId,
      file: `000001-${messageId}.eml`,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      from: '"Paperboy" <papers@example.org>',
      to: ['Ada@Example.org'],
      subject: 'Größer 论文',
      tags: { edition: 'weekly-2026-W12', attempt: '1' },
      bytes: stored.length,
    });
  });

  test('is found by its recipient in any case, the oldest first', async () => {
    for (const to of ['ada@example.org', 'bob@example.org', 'ADA@example.org'])
      await send(MAIL, { Destinations: [to] });
    const mails = await mailsOf(folder, 'Ada@Example.ORG');
    expect(mails.map(({ number }) => number)).toEqual([1, 3]);
    expect(await mailsOf(folder, 'a@example.org')).toEqual([]);
    expect(await mailsOf(folder)).toHaveLength(3);
  });
});

describe('who gets a mail', () => {
  const copies = `${HEADER}Cc: Circle: bob@example.org, Cy <cy@example.org>;\r\nBcc: dora@example.org\r\n\r\nHello\r\n`;

  test('destinations say it alone, whatever the header says', async () => {
    await send(copies, { Destinations: ['eve@example.org', 'Fay <fay@example.org>'] });
    expect((await mailsOf(folder))[0]?.to).toEqual(['eve@example.org', 'fay@example.org']);
  });

  test('without destinations it is To, Cc and Bcc', async () => {
    await send(copies);
    const everyone = ['ada@example.org', 'bob@example.org', 'cy@example.org', 'dora@example.org'];
    expect((await mailsOf(folder))[0]?.to).toEqual(everyone);
    expect(await mailsOf(folder, 'dora@example.org')).toHaveLength(1);
  });

  test('the mailbox simulator is an address like any other', async () => {
    for (const name of ['success', 'bounce', 'complaint', 'ooto', 'suppressionlist']) {
      await send(MAIL, { Destinations: [`${name}@simulator.amazonses.com`] });
    }
    expect(await mailsOf(folder)).toHaveLength(5);
  });
});

const addresses = (count: number) =>
  Array.from({ length: count }, (_, index) => `reader${index}@example.org`);

const withLine = (bytes: number) => `${MAIL}${'x'.repeat(bytes - 2)}\r\n`;

const ofSize = (bytes: number) => MAIL + 'x\r\n'.repeat(Math.ceil(bytes / 3)).slice(0, bytes - MAIL.length);

const tagged = (Name: string, Value: string): Input => ({ Tags: [{ Name, Value }] satisfies MessageTag[] });

const to = (...Destinations: string[]): Input => ({ Destinations });

const MB10 = 10 * 1024 * 1024;

describe("SES's rules", () => {
  // by hand: the SDK's encoding of so long a form can overflow its stack
  test.each<[what: string, bytes: number, status: number, answer: string]>([
    ['10 MB is accepted', MB10, 200, '<MessageId>'],
    ['a byte above 10 MB is refused', MB10 + 1, 400, 'Message length is more than 10485760 bytes long'],
  ])('%s', async (_, bytes, status, answer) => {
    const data = Buffer.from(ofSize(bytes)).toString('base64');
    const escaped = data.replaceAll('+', '%2B').replaceAll('/', '%2F').replaceAll('=', '%3D');
    const body = `Action=SendRawEmail&Version=2010-12-01&RawMessage.Data=${escaped}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(ses.url, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(answer);
  });

  test.each<[string, string, Input]>([
    ['50 recipients', MAIL, to(...addresses(50))],
    ['a line of 1,000 bytes with its end', withLine(1000), {}],
    ['tags of 256 characters', MAIL, tagged('n'.repeat(256), `${'v'.repeat(254)}_-`)],
    [
      'a sender that only Source names',
      'To: ada@example.org\r\n\r\nHello\r\n',
      { Source: 'papers@example.org' },
    ],
    ['two Received fields', `Received: a\r\nReceived: b\r\n${MAIL}`, {}],
    ['a punycode domain', MAIL, to('ada@xn--bcher-kva.example')],
  ])('%s: accepted', async (_, raw, input) => {
    expect(await refusal(raw, input)).toBe('accepted');
  });

  test.each<[string, string, Input, string]>([
    ['51 recipients', MAIL, to(...addresses(51)), 'Recipient count exceeds 50.'],
    ['a line of 1,001 bytes', withLine(1001), {}, "Line length is more than 1000 bytes long: '1001'."],
    ['no sender', 'To: ada@example.org\r\n\r\nHello\r\n', {}, "Missing required header 'From'."],
    ['an empty header', `\r\n${MAIL}`, {}, "Missing required header 'From'."],
    [
      'no recipient',
      'From: a@example.org\r\n\r\nTo: ada@example.org\r\n',
      {},
      "Missing required header 'To'.",
    ],
    ['an address without domain', MAIL, to('ada'), "Missing final '@domain'"],
    ['an address without name', MAIL, to('@example.org'), 'Missing local name'],
    [
      'a name that is not ASCII',
      MAIL,
      to('dörte@example.org'),
      'Local address contains control or whitespace',
    ],
    ['a name with a blank', MAIL, to('a da@example.org'), 'Local address contains control or whitespace'],
    ['a domain that is not ASCII', MAIL, to('ada@bücher.example'), 'Domain contains illegal character'],
    ['a Source without domain', MAIL, { Source: 'papers' }, "Missing final '@domain'"],
    ['a field twice', `Subject: one\r\n${MAIL}`, {}, "Duplicate header 'Subject'."],
    ['a field without name', `: nothing\r\n${MAIL}`, {}, 'Empty header names are illegal.'],
    ['a tag without name', MAIL, tagged('', 'value'), 'The tag name must be specified.'],
    ['a tag without value', MAIL, tagged('name', ''), 'The tag value must be specified.'],
    ['a long tag name', MAIL, tagged('n'.repeat(257), 'v'), 'Tag name cannot exceed 256 characters.'],
    ['a long tag value', MAIL, tagged('n', 'v'.repeat(257)), 'Tag value cannot exceed 256 characters.'],
    [
      'a tag name with a dot',
      MAIL,
      tagged('a.b', 'v'),
      "Invalid tag name <a.b>: only alphanumeric ASCII characters, '_', and '-' are allowed.",
    ],
    [
      'a tag value with an address',
      MAIL,
      tagged('reader', 'ada@example.org'),
      "Invalid tag value <ada@example.org>: only alphanumeric ASCII characters, '_', and '-' are allowed.",
    ],
  ])('%s: refused, and nothing is kept', async (_, raw, input, message) => {
    expect(await refusal(raw, input)).toBe(`400 InvalidParameterValue: ${message}`);
    expect(await mailsOf(folder)).toEqual([]);
  });

  test('an empty message is refused', async () => {
    expect(await refusal('')).toMatch(/^400 ValidationError: 1 validation error detected/);
  });

  test('a request far beyond any message is refused without being kept', async () => {
    const body = new URLSearchParams({
      Action: 'SendRawEmail',
      'RawMessage.Data': 'A'.repeat(33 * 1024 * 1024),
    });
    expect((await fetch(ses.url, { method: 'POST', body })).status).toBe(413);
  });
});

const quotaOf = async () => {
  const { Max24HourSend, MaxSendRate, SentLast24Hours } = await client.send(new GetSendQuotaCommand({}));
  return { Max24HourSend, MaxSendRate, SentLast24Hours };
};

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 16) + seconds * 1000);

describe('the quota', () => {
  test('counts recipients, not mails, also those from before a restart', async () => {
    await send(MAIL, { Destinations: ['ada@example.org', 'bob@example.org'] });
    await restart({ rate: 14, quota: 50_000 });
    await send();
    expect(await quotaOf()).toEqual({ Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 3 });
  });

  test('a day that is used up refuses the rest', async () => {
    await restart({ quota: 2 });
    await send();
    await send();
    expect(await refusal()).toBe('400 Throttling: Daily message quota exceeded.');
    expect(await mailsOf(folder)).toHaveLength(2);
  });

  test('a sender that is too fast is refused, and keeps its day', async () => {
    await restart({ rate: 0.001 });
    await send();
    expect(await refusal()).toBe('400 Throttling: Maximum sending rate exceeded.');
    expect((await quotaOf()).SentLast24Hours).toBe(1);
  });

  test('after a second the rate is free again, after 24 hours the day', () => {
    const quota = openQuota(2, 5);
    quota.take(1, at(0));
    quota.take(2, at(0)); // one was left, so both recipients pass and the next sender waits for them
    expect(() => quota.take(1, at(0.9))).toThrow('Maximum sending rate exceeded.');
    quota.take(2, at(1));
    expect(() => quota.take(1, at(60))).toThrow('Daily message quota exceeded.');
    expect(quota.report(at(60)).SentLast24Hours).toBe(5);
    expect(quota.report(at(24 * 3600 + 60)).SentLast24Hours).toBe(0);
    quota.take(1, at(24 * 3600 + 60));
  });
});

const first =
  (fault: Fault) =>
  ({ count }: FaultySend): Fault | undefined =>
    count === 1 ? fault : undefined;

describe('what goes wrong on demand', () => {
  test.each<[Fault, string]>([
    ['throttle-rate', '400 Throttling: Maximum sending rate exceeded.'],
    ['throttle-quota', '400 Throttling: Daily message quota exceeded.'],
    ['reject', '400 MessageRejected: Address blacklisted.'],
    ['account-paused', '400 AccountSendingPausedException: Email sending is disabled for your account.'],
    [
      'account-suspended',
      '400 MessageRejected: Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account.',
    ],
    ['unavailable', '503 ServiceUnavailable: The service is temporarily unavailable.'],
  ])('%s: one mail is refused, the next one goes out', async (fault, answer) => {
    await restart({ fault: first(fault) });
    expect(await refusal()).toBe(answer);
    expect(await mailsOf(folder)).toEqual([]);
    await send();
    expect(await mailsOf(folder)).toHaveLength(1);
  });

  test('lost-answer: the mail is out and nobody says so', async () => {
    await restart({ fault: first('lost-answer') });
    expect(await refusal()).toMatch(/ECONNRESET|socket hang up/i);
    expect(await mailsOf(folder)).toHaveLength(1);
  });

  test('garbage: the mail is out and the answer has no MessageId', async () => {
    await restart({ fault: first('garbage') });
    expect(await send()).toBe('no MessageId');
    expect(await mailsOf(folder)).toHaveLength(1);
  });

  test('a fault is chosen by recipients, tags and count, and only for mails that keep the rules', async () => {
    const asked: FaultySend[] = [];
    await restart({ fault: (one) => void asked.push(one) });
    await refusal(MAIL, { Destinations: ['ada'] });
    await send(MAIL, { Tags: [{ Name: 'edition', Value: 'weekly-2026-W12' }] });
    await send(MAIL, { Destinations: ['bob@example.org'] });
    expect(asked).toEqual([
      { recipients: ['ada@example.org'], count: 1, tags: { edition: 'weekly-2026-W12' } },
      { recipients: ['bob@example.org'], count: 2, tags: {} },
    ]);
  });
});

const numbers = async () => (await mailsOf(folder)).map(({ number }) => number);

describe('the folder after a crash', () => {
  test('a restart finds all mails and goes on counting', async () => {
    await send();
    await send();
    await restart();
    await send();
    expect(await numbers()).toEqual([1, 2, 3]);
  });

  test('a line that was cut off is skipped, and the mail after it is found', async () => {
    await send();
    await stop();
    await appendFile(join(folder, 'index.jsonl'), '{"number":2,"messageId":"0100');
    expect(await numbers()).toEqual([1]);
    await start();
    await send();
    expect(await numbers()).toEqual([1, 2]);
  });

  test('a mail that is on disk but not in the index keeps its number', async () => {
    await stop();
    await writeFile(join(folder, '000007-crashed.eml'), MAIL);
    await start();
    await send();
    expect(await numbers()).toEqual([8]);
  });

  test('a folder without a mailbox is no empty mailbox', async () => {
    await expect(mailsOf(join(folder, 'elsewhere'))).rejects.toThrow("Can't read the mailbox in");
  });
});

const call = async (parameters: Record<string, string>) => {
  const answer = await fetch(ses.url, { method: 'POST', body: new URLSearchParams(parameters) });
  const body = (await answer.text()).replaceAll(/>\s+</g, '><').trim();
  return { status: answer.status, type: answer.headers.get('content-type'), body };
};

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

describe('the wire', () => {
  test('an accepted mail is answered in the words of SES', async () => {
    const { status, type, body } = await call({
      Action: 'SendRawEmail',
      'RawMessage.Data': Buffer.from(MAIL).toString('base64'),
      Version: '2010-12-01',
    });
    expect({ status, type }).toEqual({ status: 200, type: 'text/xml' });
    expect(body).toMatch(
      new RegExp(
        `^<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>0100[0-9a-f]{12}-${uuid}-000000</MessageId></SendRawEmailResult><ResponseMetadata><RequestId>${uuid}</RequestId></ResponseMetadata></SendRawEmailResponse>$`,
      ),
    );
  });

  test('a refusal too, with what the caller wrote escaped', async () => {
    const { status, type, body } = await call({ Action: '<&>' });
    expect({ status, type }).toEqual({ status: 400, type: 'text/xml' });
    expect(body).toMatch(
      new RegExp(
        `^<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>Could not find operation &lt;&amp;&gt; for version 2010-12-01</Message></Error><RequestId>${uuid}</RequestId></ErrorResponse>$`,
      ),
    );
  });

  test('an action that is not here is one that SES does not know', async () => {
    await expect(client.send(new ListIdentitiesCommand({}))).rejects.toMatchObject({
      name: 'InvalidAction',
      message: 'Could not find operation ListIdentities for version 2010-12-01',
    });
  });

  test('a sender that dies in the middle of a request leaves no mail and troubles nobody', async () => {
    const socket = connect(Number(new URL(ses.url).port), '127.0.0.1');
    const complaints = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const half = 'POST / HTTP/1.1\r\nHost: ses\r\nContent-Length: 1000\r\n\r\nAction=SendRawEmail&RawMess';
    await new Promise((resolve) => socket.write(half, resolve));
    await send(); // by now the half request has arrived
    socket.destroy();
    await once(socket, 'close');
    await send();
    expect(await mailsOf(folder)).toHaveLength(2);
    expect(complaints).not.toHaveBeenCalled();
    complaints.mockRestore();
  });

  test('mails that come at once are all kept, each under its own number', async () => {
    const ids = await Promise.all(Array.from({ length: 40 }, () => send()));
    const mails = await mailsOf(folder);
    expect(mails.map(({ number }) => number)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(new Set(mails.map(({ messageId }) => messageId))).toEqual(new Set(ids));
  });

  test('only this machine can reach it, and a taken port says so', async () => {
    expect(ses.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const port = Number(new URL(ses.url).port);
    await expect(startSes({ folder, port })).rejects.toThrow(`Port ${port} is taken`);
  });
});
