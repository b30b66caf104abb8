/** Joining from anywhere: foreign forms, scripts of sites that the operator knows, pages of thanks; and what robots get. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freezeDate, startWorld, type Answered, type World } from '../world';

const BLOG = 'https://blog.example.org';
const THANKS = `${BLOG}/thanks?from=papers`;

let world: World;
beforeAll(async () => {
  world = await startWorld({
    newsletter: {
      limits: { invitationsPerNetwork: 1000 },
      joining: { origins: [BLOG], thankYou: [THANKS] },
    },
  });
});
beforeEach(() => freezeDate('2025-03-15T12:00:00Z'));
afterAll(() => world.close());

const asksFirst = (origin: string): Promise<Answered> =>
  world.opens('/subscribe', {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  });
const postsFrom = (origin: string, email: string, contentType = 'application/json'): Promise<Answered> =>
  world.opens('/subscribe', {
    method: 'POST',
    headers: { origin, 'content-type': contentType },
    body:
      contentType === 'application/json' ? JSON.stringify({ email }) : `email=${encodeURIComponent(email)}`,
  });
const corsOf = ({ headers }: Answered): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control')));

test('a script of a site that the operator knows may ask first, post JSON, and read the answer', async () => {
  const first = await asksFirst(BLOG);
  expect([first.status, corsOf(first), first.headers.get('vary')]).toEqual([
    204,
    {
      'access-control-allow-origin': BLOG,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '7200',
    },
    'Origin',
  ]);
  const answer = await postsFrom(BLOG, 'script@example.org');
  expect([answer.status, corsOf(answer)]).toEqual([202, { 'access-control-allow-origin': BLOG }]);
  await world.machine.idle();
  expect(await world.inboxOf('script@example.org')).toHaveLength(1);
});

test('it can read what is wrong, too', async () => {
  const answer = await postsFrom(BLOG, 'nonsense');
  expect([answer.status, corsOf(answer)]).toEqual([400, { 'access-control-allow-origin': BLOG }]);
});

test.each([
  'https://evil.example',
  'null',
  '',
  `${BLOG}.evil.example`,
  `${BLOG}:8443`,
  'http://blog.example.org',
  BLOG.toUpperCase(),
  '*',
])('a script of %p hears not a word of CORS', async (origin) => {
  for (const answer of [await asksFirst(origin), await postsFrom(origin, 'nobody@example.org')])
    expect(corsOf(answer)).toEqual({});
  expect((await asksFirst(origin)).status).toBe(405);
});

test('a plain form may stand on any site, and only JSON is for scripts', async () => {
  const type = 'application/x-www-form-urlencoded';
  for (const origin of [BLOG, 'https://elsewhere.example']) {
    const answer = await postsFrom(origin, 'plain@example.org', type);
    expect([answer.status, corsOf(answer)]).toEqual([202, {}]);
  }
  await world.machine.idle();
  const { consents = [] } = (await world.subscriber('plain@example.org')) ?? {};
  expect(consents).toMatchObject([{ what: 'asked', form: BLOG }]);
});

test.each([
  [
    'a foreign form is known by its site',
    { origin: 'https://elsewhere.example' },
    'https://elsewhere.example',
  ],
  ['our own by its path', { origin: 'null' }, '/subscribe'],
  [
    'what is no origin is not written down',
    { origin: 'https://elsewhere.example/path<script>' },
    '/subscribe',
  ],
])('on record, %s', async (name, headers, form) => {
  const email = `${name.replaceAll(/\W/g, '')}@example.org`;
  await world.opens('/subscribe', { method: 'POST', headers, body: new URLSearchParams({ email }) });
  await world.machine.idle();
  expect((await world.subscriber(email))?.consents).toMatchObject([{ form, network: '127.0.0.0/24' }]);
});

const thanks = (email: string, page: string, more: Record<string, string> = {}): Promise<Answered> =>
  world.posts('/subscribe', { email, thanks: page, ...more });

test('a form may send its visitor on to a page of thanks that the operator listed', async () => {
  const answer = await thanks('thanked@example.org', THANKS);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, THANKS]);
  await world.machine.idle();
  expect(await world.inboxOf('thanked@example.org')).toHaveLength(1);
});

test.each([
  'https://evil.example/thanks',
  `${BLOG}/thanks`,
  `${THANKS}&more`,
  `${BLOG}@evil.example/thanks?from=papers`,
  '//evil.example',
  'javascript:alert(1)',
  '/',
  '',
])('to no other page: not to %p', async (page) => {
  const answer = await thanks('careful@example.org', page);
  expect([answer.status, answer.headers.get('location')]).toEqual([202, null]);
  expect(answer.text).toContain('Check your inbox');
});

test('a program gets its answer, whatever page of thanks it names', async () => {
  const answer = await world.postsJson('/subscribe', { email: 'program@example.org', thanks: THANKS });
  expect([answer.status, answer.headers.get('location')]).toEqual([202, null]);
});

test('two pages of thanks are refused', async () => {
  const body = new URLSearchParams([
    ['email', 'two@example.org'],
    ['thanks', THANKS],
    ['thanks', 'https://evil.example'],
  ]);
  expect((await world.opens('/subscribe', { method: 'POST', body })).status).toBe(400);
});

/** The hidden field of the front page's form, as it was when the page was made. */
async function shown(): Promise<string> {
  const { text } = await world.opens('/');
  return /<input type="hidden" name="shown" value="(\d+)"/.exec(text)?.[1] ?? 'none';
}

test('a form that comes back within two seconds is a robot’s: the same answer, and nothing happens', async () => {
  const field = await shown();
  freezeDate('2025-03-15T12:00:01.900Z');
  const robot = await world.posts('/subscribe', { email: 'fast@example.org', shown: field });
  const stranger = await world.posts('/subscribe', { email: 'slow@example.org' });
  await world.machine.idle();
  expect([robot.status, robot.text]).toEqual([stranger.status, stranger.text]);
  expect((await thanks('fast@example.org', THANKS, { shown: field })).status).toBe(303);
  await world.machine.idle();
  expect(await world.subscriber('fast@example.org')).toBeUndefined();
  expect(await world.inboxOf('fast@example.org')).toEqual([]);
});

test.each([
  ['after two seconds', '2025-03-15T12:00:02.000Z', shown],
  ['the next day, from a page that lay open', '2025-03-16T12:00:00Z', shown],
  ['without the field, as foreign forms are', '2025-03-15T12:00:00Z', () => Promise.resolve('')],
  ['with nonsense in it', '2025-03-15T12:00:00Z', () => Promise.resolve('soon')],
])('%s a form counts', async (when, now, field) => {
  const email = `${when.replaceAll(/\W/g, '')}@example.org`;
  const value = await field();
  freezeDate(now);
  await world.posts('/subscribe', { email, ...(value && { shown: value }) });
  await world.machine.idle();
  expect(await world.inboxOf(email)).toHaveLength(1);
});

test('the snippet of docs/joining.md is a plain form that works', async () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'joining.md'), 'utf8');
  const snippet = /```html\n([^]*?)```/.exec(page)?.[1] ?? '';
  expect(snippet).not.toContain('<script');
  expect(snippet).toMatch(/method="post" action="https:\/\/papers\.example\.org\/subscribe"/);
  const names = [...snippet.matchAll(/<input[^>]* name="(\w+)"[^>]*>/g)];
  const fields = names.map(([input, name = '']) => [name, /value="([^"]*)"/.exec(input)?.[1] ?? ''] as const);
  const answer = await world.posts('/subscribe', {
    ...Object.fromEntries(fields),
    email: 'readme@example.org',
  });
  expect([answer.status, Object.fromEntries(fields)]).toMatchObject([202, { email: '' }]);
  await world.machine.idle();
  expect(await world.inboxOf('readme@example.org')).toHaveLength(1);
});
