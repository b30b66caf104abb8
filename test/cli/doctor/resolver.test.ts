/** What the DNS answers, over the wire: records, none, and servers that fail. */
import { openDns } from '../../../cli/doctor/resolver';
import { startDns } from '../../dns-server';

let server: Awaited<ReturnType<typeof startDns>>;
const LONG = 'a'.repeat(255);

beforeAll(async () => {
  server = await startDns({
    'key.example.org': { CNAME: ['Key.DKIM.amazonses.com'] },
    'mail.example.org': {
      MX: { 'feedback-smtp.eu-central-1.amazonses.com': 10, 'MX.example.net': 20 },
      TXT: [
        ['v=spf1 ', 'include:amazonses.com ~all'],
        [LONG, LONG],
      ],
    },
    'broken.example.org': 'SERVFAIL',
    'silent.example.org': 'silence',
  });
});
afterAll(() => server.close());

test('records come in one spelling, and the parts of a text as one', async () => {
  const { cnames, mailServers, texts } = openDns(server.address);
  expect(await cnames('key.example.org')).toEqual(['key.dkim.amazonses.com']);
  expect((await mailServers('mail.example.org')).toSorted()).toEqual([
    'feedback-smtp.eu-central-1.amazonses.com',
    'mx.example.net',
  ]);
  expect((await texts('mail.example.org')).toSorted()).toEqual([
    LONG + LONG,
    'v=spf1 include:amazonses.com ~all',
  ]);
});

test('a name that does not exist, and one without such a record, have none', async () => {
  const { cnames, mailServers, texts } = openDns(server.address);
  expect(await texts('nobody.example.org')).toEqual([]);
  expect(await cnames('mail.example.org')).toEqual([]);
  expect(await mailServers('key.example.org')).toEqual([]);
});

test('a server that fails, one that is silent and one that is not there are told apart from no record', async () => {
  const { texts } = openDns(server.address);
  await expect(texts('broken.example.org')).rejects.toThrow(
    'TXT of broken.example.org: the DNS server failed',
  );
  await expect(texts('silent.example.org')).rejects.toThrow('the DNS server does not answer');
  const gone = await startDns({});
  await gone.close();
  await expect(openDns(gone.address).texts('example.org')).rejects.toThrow(
    /no DNS server can be reached|does not answer/,
  );
});

test.each([
  '',
  'localhost',
  'localhost:53',
  '127.0.0.1:0',
  '127.0.0.1:65536',
  '127.0.0.1:x',
  '127.0.0.1:',
  '::1:53:',
  '[::1',
  '127.0.0.1,127.0.0.2',
])('"%s" is no server, and a sentence says so', (word) => {
  expect(() => openDns(word)).toThrow(`such as 127.0.0.1:5353, not "${word}"`);
});

test.each(['127.0.0.1', '127.0.0.1:65535', '[::1]', '[::1]:5353'])('"%s" may be one', (word) => {
  expect(openDns(word)).toHaveProperty('texts');
});
