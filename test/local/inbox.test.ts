/** The inbox of the local SES, read as a browser reads it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses';
import type { FarEnd } from '../../local/far-end';
import { mailsOf, readMail } from '../../local/mailbox';
import { startSes } from '../../local/ses';

let folder: string;
let ses: FarEnd;
let client: SESClient;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inbox-'));
  ses = await startSes({ folder, port: 0 });
  client = new SESClient({
    endpoint: ses.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  await ses.close();
  await rm(folder, { recursive: true });
});

async function send(raw: string, ...to: string[]): Promise<void> {
  await client.send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(raw) }, Destinations: to }));
}

const plain = (subject: string) =>
  `From: papers@example.org\r\nTo: ada@example.org\r\nSubject: ${subject}\r\n\r\nHello\r\n`;

const HTML =
  '<!doctype html><html><head><title>x</title></head><body><a href="https://example.org/">On</a></body></html>';

const digest = (subject: string, html = HTML, text = 'The text part') =>
  [
    'From: Paperboy <papers@example.org>',
    'To: Ada <ada@example.org>',
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    html,
    '--b--',
    '',
  ].join('\r\n');

async function open(path: string, method = 'GET') {
  const answer = await fetch(ses.url + path, { method });
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    policy: answer.headers.get('content-security-policy') ?? '',
    allow: answer.headers.get('allow'),
    text: await answer.text(),
  };
}

/** The subjects of the list, from the top. */
async function listed(path: string): Promise<string[]> {
  const { text } = await open(path);
  return [...text.matchAll(/class="subject"[^>]*>([^<]*)</g)].map(([, subject = '']) => subject);
}

test('an empty inbox says what will appear in it', async () => {
  const page = await open('/');
  expect(page.status).toBe(200);
  expect(page.text).toContain('Nothing has been sent yet.');
  expect(page.text).not.toContain('<ol');
});

test('a developer finds the newest mail on top and the older ones page by page', async () => {
  for (let number = 1; number <= 101; number += 1) await send(plain(`Mail ${number}`), 'ada@example.org');
  const pages = [await listed('/'), await listed('/?page=2'), await listed('/?page=3')];
  expect(pages.map(({ length }) => length)).toEqual([50, 50, 1]);
  expect(pages.flat()).toEqual(Array.from({ length: 101 }, (_, index) => `Mail ${101 - index}`));
  const { text } = await open('/?page=2');
  expect(text).toContain('101 mails');
  expect(text).toContain('href="/?page=3"');
  expect(await listed('/?page=99')).toEqual(['Mail 1']);
  expect(await listed('/?page=nonsense')).toHaveLength(50);
});

test('a developer sees the mails of one recipient, in any case and by a part of the address', async () => {
  await send(plain('for Ada'), 'ada@example.org');
  await send(plain('for Bob'), 'bob@example.org', 'bcc@example.org');
  expect(await listed('/?to=ADA@example.org')).toEqual(['for Ada']);
  expect(await listed('/?to=bcc')).toEqual(['for Bob']);
  expect((await open('/?to=%3Cb%3E')).text).toContain('No mail to “&lt;b&gt;”');
});

test('one mail shows who, what and when, its parts and its header', async () => {
  await send(digest('=?utf-8?Q?Gr=C3=B6=C3=9Fer?='), 'ada@example.org', 'hidden@example.org');
  const { text, status } = await open('/mail/1');
  expect(status).toBe(200);
  expect(text).toContain('<h1>Größer</h1>');
  expect(text).toContain('&quot;Paperboy&quot; &lt;papers@example.org&gt;');
  expect(text).toContain('&quot;Ada&quot; &lt;ada@example.org&gt;');
  expect(text).toContain('ada@example.org, hidden@example.org');
  expect(text).toContain(
    'sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"',
  );
  expect(text).toContain('src="/mail/1/html"');
  expect(text).toContain('The text part');
  expect(text).toContain('Content-Type: multipart/alternative; boundary=&quot;b&quot;');
  expect(text).toMatch(/href="\/mail\/1\/raw" download="000001-[\w-]+\.eml"/);
});

test('links of the mail open in the window around it', async () => {
  await send(digest('Digest'), 'ada@example.org');
  const { type, text } = await open('/mail/1/html');
  expect(type).toBe('text/html; charset=utf-8');
  expect(text).toBe(HTML.replace('<html>', '<base target="_top"><html>'));
});

test('the text and the source can be read alone, byte for byte', async () => {
  await send(digest('Digest', HTML, 'Zeile für Zeile'), 'ada@example.org');
  expect(await open('/mail/1/text')).toMatchObject({
    type: 'text/plain; charset=utf-8',
    text: 'Zeile für Zeile',
  });
  const [mail] = await mailsOf(folder);
  const stored = mail && (await readMail(folder, mail)).toString();
  expect(await open('/mail/1/raw')).toMatchObject({ type: 'text/plain; charset=utf-8', text: stored });
});

test('a part that a mail does not have is not made up', async () => {
  await send(plain('Text alone'), 'ada@example.org');
  const page = await open('/mail/1');
  expect(page.text).not.toContain('<iframe');
  expect(page.text).toContain('Hello');
  expect(await open('/mail/1/html')).toMatchObject({ status: 404 });
  await send(
    plain('HTML alone').replace('\r\n\r\n', '\r\nContent-Type: text/html\r\n\r\n<b>'),
    'ada@example.org',
  );
  expect(await open('/mail/2/text')).toMatchObject({ status: 404 });
});

test('a hostile mail stays text on our pages and runs nothing on its own', async () => {
  const script = '<script>alert(1)</script>';
  const evil = `</pre>${script}<img src=x onerror=alert(1)>`;
  await send(digest(`"'>${script}`, `${HTML}${script}`, evil), `"'><script>"@example.org`);
  const pages = await Promise.all(
    ['/', '/mail/1', `/?to=${encodeURIComponent(`">${script}`)}`].map((path) => open(path)),
  );
  for (const page of pages) {
    expect(page.text).toContain('&lt;script&gt;');
    expect(page.text).not.toMatch(/<script|<img/);
    expect(page.policy).toMatch(/^default-src 'none'; style-src 'unsafe-inline';/);
  }
  const alone = await open('/mail/1/html');
  expect(alone.policy).toContain("default-src 'none'; img-src https: data:;");
  expect(alone.policy).toMatch(
    /sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation$/,
  );
  for (const part of ['text', 'raw']) {
    expect(await open(`/mail/1/${part}`)).toMatchObject({
      type: 'text/plain; charset=utf-8',
      policy: expect.stringMatching(/default-src 'none';.*sandbox$/),
    });
  }
});

test.each([
  '/nope',
  '/mail',
  '/mail/2',
  '/mail/0',
  '/mail/01',
  '/mail/1/eml',
  '/mail/1/',
  '//',
  '/%',
  '/mail/../index.jsonl',
])('%s is not found, in plain English', async (path) => {
  await send(plain('One'), 'ada@example.org');
  const page = await open(path);
  expect(page).toMatchObject({ status: 404, type: 'text/html; charset=utf-8' });
  expect(page.text).toMatch(/There is no (such page|mail with the number \d+) here\./);
  expect(page.policy).toContain("default-src 'none'");
});

test('pages are only read', async () => {
  expect(await open('/', 'DELETE')).toMatchObject({ status: 405, allow: 'GET, HEAD, POST' });
  await send(plain('One'), 'ada@example.org');
  expect(await open('/mail/1', 'POST')).toMatchObject({ status: 405, allow: 'GET, HEAD' });
  expect(await open('/mail/1', 'HEAD')).toMatchObject({ status: 200, text: '' });
});

test('a mail whose file is gone says so', async () => {
  const silent = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  await send(plain('One'), 'ada@example.org');
  const [mail] = await mailsOf(folder);
  await rm(join(folder, mail?.file ?? ''));
  const page = await open('/mail/1');
  expect(page).toMatchObject({ status: 500, policy: expect.stringContaining("default-src 'none'") });
  expect(page.text).toContain(`read mail 1 in ${folder}`);
  silent.mockRestore();
});
