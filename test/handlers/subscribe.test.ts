/** GET / and POST /subscribe: whoever asks gets the same answer, and only mailboxes that may join get a mail. */
import { linkIn } from '../../local/reader';
import { freezeDate, startWorld, type World } from '../world';

let world: World;
beforeAll(async () => {
  world = await startWorld({
    newsletter: { limits: { invitationsPerNetwork: 1000, invitationsPerAddress: 3 } },
  });
});
beforeEach(() => freezeDate('2025-03-15T12:00:00Z'));
afterAll(() => world.close());

test('the front page shows the form and the newest papers, and works without scripts', async () => {
  await world.papersOn('2025-03-10', 2);
  await world.papersOn('2025-03-03', 2);
  const { status, text, headers } = await world.opens('/');
  expect(status).toBe(200);
  expect(text).toMatch(/<form[^>]*method="post" action="\/subscribe"/);
  expect(text).toContain('Paper 1 of 2025-03-10');
  expect(text).not.toContain('of 2025-03-03');
  expect(text).not.toContain('<script');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('a form, a multipart form and JSON can all ask', async () => {
  const form = new FormData();
  form.set('email', 'multipart@example.org');
  await world.opens('/subscribe', { method: 'POST', body: form });
  await world.posts('/subscribe', { email: 'form@example.org' });
  const json = await world.postsJson('/subscribe', { email: 'json@example.org' });
  expect(json.status).toBe(202);
  expect(JSON.parse(json.text)).toMatchObject({ status: 'check-your-inbox' });
  for (const name of ['multipart', 'form', 'json'])
    expect(await world.inboxOf(`${name}@example.org`)).toHaveLength(1);
});

test('who asks again while pending gets a fresh link, and the old one works too', async () => {
  await world.subscribes('again@example.org');
  freezeDate('2025-03-15T13:30:00Z');
  await world.subscribes('again@example.org');
  const links = (await world.inboxOf('again@example.org')).map((mail) => linkIn(mail, '/confirm'));
  expect(new Set(links).size).toBe(2);
  for (const link of links) expect((await world.opens(link)).text).toContain('One more click');
});

const namesAndValues = (headers: Headers) =>
  [...headers].filter(([name]) => !['date', 'content-length'].includes(name));

test('a reader who asks again sees the same page and gets no second mail', async () => {
  await world.reader('reader@example.org');
  const before = await world.inboxOf('reader@example.org');
  const [known, stranger] = [
    await world.subscribes('reader@example.org'),
    await world.subscribes('new@example.org'),
  ];
  expect(known.status).toBe(stranger.status);
  expect(known.text).toBe(stranger.text);
  expect(namesAndValues(known.headers)).toEqual(namesAndValues(stranger.headers));
  expect(await world.inboxOf('reader@example.org')).toHaveLength(before.length);
});

test('two spellings of a mailbox are one subscriber, written to as it was typed', async () => {
  await world.subscribes('Foo@EXAMPLE.com');
  await world.subscribes('  foo@example.com ');
  expect(await world.subscriber('FOO@example.com')).toMatchObject({ status: 'pending', revision: 2 });
  expect(await world.inboxOf('foo@example.com')).toHaveLength(2);
});

test('a suppressed address gets no mail and the same page', async () => {
  const subscribers = await import('../../lambdas/aws/subscribers');
  await world.subscribes('bounced@example.org');
  const known = await world.subscriber('bounced@example.org');
  if (!known) throw new Error('nobody there');
  await subscribers.save({ ...known, status: 'suppressed', revision: 2 }, known);
  const answer = await world.subscribes('bounced@example.org');
  expect(answer.text).toBe((await world.subscribes('other@example.org')).text);
  expect(await world.inboxOf('bounced@example.org')).toHaveLength(1);
});

test('an address is invited three times a day at most, whoever asks', async () => {
  for (let n = 0; n < 6; n++) expect((await world.subscribes('flooded@example.org')).status).toBe(202);
  expect(await world.inboxOf('flooded@example.org')).toHaveLength(3);
  freezeDate('2025-03-16T00:00:00Z');
  await world.subscribes('flooded@example.org');
  expect(await world.inboxOf('flooded@example.org')).toHaveLength(4);
});

test('a robot that fills in the hidden field sees the same page, and nothing happens', async () => {
  const answer = await world.posts('/subscribe', {
    email: 'robot@example.org',
    website: 'http://spam.example',
  });
  expect(answer.status).toBe(202);
  expect(await world.subscriber('robot@example.org')).toBeUndefined();
  expect(await world.inboxOf('robot@example.org')).toEqual([]);
});

test('a wrong address is refused with the field and what to do: a page for a form, problem+json for JSON', async () => {
  const page = await world.subscribes('Joe <joe@example.org>');
  expect([page.status, page.headers.get('content-type')]).toEqual([400, 'text/html; charset=UTF-8']);
  expect(page.text).toContain('no email address that we can write to');
  const json = await world.postsJson('/subscribe', { email: ['a@x.org', 'b@x.org'] });
  expect([json.status, json.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
  expect(JSON.parse(json.text)).toMatchObject({
    status: 400,
    errors: [{ field: 'email', message: 'Enter an email address.' }],
  });
});

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
test.each<[what: string, status: number, headers: Record<string, string>, body: string]>([
  ['broken JSON', 400, json, '{'],
  ['null', 400, json, 'null'],
  ['no body', 400, json, ''],
  ['a number for an address', 400, json, '{"email":1}'],
  ['a field twice', 400, form, 'email=a%40x.org&email=b%40x.org'],
  ['bytes that are no UTF-8', 400, form, 'email=%ff%fe@x.com'],
  ['an address encoded twice', 400, form, 'email=a%2540x.com'],
  ['text', 415, { 'content-type': 'text/plain' }, '{"email":"a@x.org"}'],
  ['UTF-7', 415, { 'content-type': 'application/json; charset=utf-7' }, '{"email":"a@x.org"}'],
  ['a compressed body', 415, { ...json, 'content-encoding': 'gzip' }, '{"email":"a@x.org"}'],
  ['20 KB', 413, form, `email=${'a'.repeat(20_000)}`],
])('%s is answered with %i, in words, and nothing is written', async (_, status, headers, body) => {
  const answer = await world.opens('/subscribe', { method: 'POST', headers, body });
  expect(answer.status).toBe(status);
  expect(await world.inboxOf('a@x.org')).toEqual([]);
});

test('other methods and unknown addresses are answered in plain words', async () => {
  const get = await world.opens('/subscribe');
  expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
  expect((await world.opens('/', { method: 'DELETE' })).status).toBe(405);
  const nowhere = await world.opens('/nowhere');
  expect([nowhere.status, nowhere.text.includes('There is no such page')]).toEqual([404, true]);
});

test('keys that pollute prototypes are passed over', async () => {
  const answer = await world.postsJson(
    '/subscribe',
    '{"email":"proto@example.org","__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}',
  );
  expect(answer.status).toBe(202);
  expect(({} as Record<string, unknown>)['admin'] ?? ({} as Record<string, unknown>)['x']).toBeUndefined();
});
