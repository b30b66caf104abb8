/** Links that are old, mangled, forged, foreign, or opened by a machine. */
import { isDeepStrictEqual } from 'node:util';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { shardOf, sign } from '../../lambdas/core/identity';
import { readPaperFile } from '../../lambdas/sources/paper-file';
import { tableName } from '../../local/dynamodb';
import { linkIn } from '../../local/reader';
import { everything } from '../everything';
import { freezeDate, startWorld, tokenIn, type World } from '../world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ newsletter: { limits: { invitationsPerNetwork: 1000 } } });
});
beforeEach(() => freezeDate('2025-03-15T12:00:00Z'));
afterAll(() => world.close());

const statusOf = async (address: string) => (await world.subscriber(address))?.status;

const leavingOf = async (address: string, purpose: 'one-click' | 'unsubscribe' = 'one-click') =>
  `/unsubscribe/${sign(await world.keys(), purpose, await world.idOf(address))}`;

/** The token of an invitation that waits for its owner. */
async function invited(address: string): Promise<string> {
  await world.subscribes(address);
  return tokenIn(linkIn((await world.inboxOf(address)).at(-1), '/confirm'));
}

/** Which of these tokens let somebody leave or join, or open a page that would; and whether anything was written. */
async function workAnyway(tokens: readonly string[]): Promise<string[]> {
  const before = await everything(world);
  const found: string[] = [];
  for (const token of tokens) {
    const text = encodeURIComponent(token);
    const ways = [
      ...['GET', 'POST'].map(
        async (method) => (await world.opens(`/unsubscribe/${text}`, { method })).status === 404,
      ),
      world.posts('/confirm', { token }).then((page) => page.text.includes('no longer works')),
      world.opens(`/confirm?token=${text}`).then((page) => page.text.includes('no longer')),
    ];
    if (!(await Promise.all(ways)).every(Boolean)) found.push(token);
  }
  return isDeepStrictEqual(await everything(world), before) ? found : [...found, 'something was written'];
}

/** How mail scanners, browsers and previews ask for what nobody has clicked. */
const lookingAhead: Record<string, string>[] = [
  {},
  { purpose: 'prefetch' },
  { 'sec-purpose': 'prefetch;prerender' },
  { 'x-purpose': 'preview' },
  { 'x-moz': 'prefetch' },
];

const other = (letter: string): string => (letter === 'A' ? 'B' : 'A');

test('who opens a link ahead of its reader changes nothing, however it asks', async () => {
  await world.reader('prefetched@example.com');
  const links = [
    await leavingOf('prefetched@example.com'),
    await leavingOf('prefetched@example.com', 'unsubscribe'),
    `/confirm?token=${await invited('unopened@example.com')}`,
  ];
  const before = await everything(world);
  for (const link of links)
    for (const method of ['GET', 'HEAD', 'OPTIONS'])
      for (const headers of lookingAhead) await world.opens(link, { method, headers });
  expect(await everything(world)).toEqual(before);
});

test('one click, without cookie, origin or referrer, is enough, and leads nowhere else', async () => {
  await world.reader('one-click@example.com');
  const answer = await world.posts(await leavingOf('one-click@example.com'), {
    'List-Unsubscribe': 'One-Click',
  });
  expect([answer.status, answer.headers.get('location')]).toEqual([200, null]);
  expect(await statusOf('one-click@example.com')).toBe('unsubscribed');
});

test('pressed five times it answers alike, and what happened is written down once', async () => {
  await world.reader('five@example.com');
  const link = await leavingOf('five@example.com');
  for (let n = 0; n < 5; n++) expect((await world.posts(link, {})).status).toBe(200);
  const { consents = [] } = (await world.subscriber('five@example.com')) ?? {};
  expect(consents.map(({ what }) => what)).toEqual(['asked', 'confirmed', 'left']);
});

test('a link of an earlier subscription still ends the one that its reader has now', async () => {
  await world.reader('again@example.com');
  const link = await leavingOf('again@example.com', 'unsubscribe');
  await world.posts(link, {});
  await world.reader('again@example.com');
  expect(await statusOf('again@example.com')).toBe('active');
  await world.posts(link, {});
  expect(await statusOf('again@example.com')).toBe('unsubscribed');
});

test('a link of a mail that is two years old works', async () => {
  await world.reader('old@example.com');
  const link = await leavingOf('old@example.com', 'unsubscribe');
  freezeDate('2027-03-15T12:00:00Z');
  expect((await world.posts(link, {})).status).toBe(200);
  expect(await statusOf('old@example.com')).toBe('unsubscribed');
});

test('a link that was signed with the key before works as long as that key is kept', async () => {
  const { secrets } = await import('../../lambdas/aws/keys');
  await world.reader('rotated@example.com');
  const link = await leavingOf('rotated@example.com');
  secrets.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const { SecretString = '' } = answer.output as { SecretString?: string };
      const rotated = { ...(JSON.parse(SecretString) as object), current: 'k2', k2: 'x'.repeat(48) };
      return { ...answer, output: { ...answer.output, SecretString: JSON.stringify(rotated) } };
    },
    { step: 'initialize', name: 'rotation' },
  );
  try {
    freezeDate('2027-03-16T12:00:00Z'); // keys are read anew every few minutes
    expect((await world.keys()).current).toBe('k2');
    expect((await world.posts(link, {})).status).toBe(200);
    expect(await statusOf('rotated@example.com')).toBe('unsubscribed');
  } finally {
    secrets.middlewareStack.remove('rotation');
  }
});

test('a token with any one letter changed is refused', async () => {
  await world.reader('flipped@example.com');
  const token = tokenIn(await linkTo(await leavingOf('flipped@example.com')));
  expect(
    await workAnyway(
      token.split('').map((letter, n) => token.slice(0, n) + other(letter) + token.slice(n + 1)),
    ),
  ).toEqual([]);
});

test('a token has one spelling: others that decode to the same bytes are refused', async () => {
  await world.reader('spelled@example.com');
  const token = tokenIn(await linkTo(await leavingOf('spelled@example.com')));
  const parts = token.split('.');
  const last = parts.at(-1) ?? '';
  // in 24 letters of base64url there are no bits to spare: a letter more or less is the only other spelling
  expect(
    await workAnyway([
      `${token}A`,
      token.slice(0, -1),
      [...parts.slice(0, -1), `+${last.slice(1)}`].join('.'),
      [...parts.slice(0, -1), `/${last.slice(1)}`].join('.'),
      [...parts.slice(0, -1), Buffer.from(last, 'base64url').toString('hex')].join('.'),
      token.toUpperCase(),
    ]),
  ).toEqual([]);
});

test('the signature of one reader is no good with the id of another', async () => {
  await world.reader('ann@example.com');
  await world.reader('bob@example.com');
  const [ann = '', bob = ''] = await Promise.all(
    ['ann@example.com', 'bob@example.com'].map(async (address) =>
      tokenIn(await linkTo(await leavingOf(address))),
    ),
  );
  const [keyId, , ...signed] = ann.split('.');
  expect(await workAnyway([[keyId, bob.split('.')[1], ...signed].join('.')])).toEqual([]);
});

test('a link that a mail program mangled opens where it can be guessed, and is never a fault', async () => {
  await world.reader('mangled@example.com');
  const link = await leavingOf('mangled@example.com', 'unsubscribe');
  for (const glued of [')', '>', '.', ',', '%3D', '=', '>).', '%0A', '%20'])
    expect((await world.opens(`${link}${glued}`)).text).toContain('Leave?');
  const confirm = `/confirm?token=${await invited('glued@example.com')}`;
  for (const glued of [')', '>', '%3D', '='])
    expect((await world.opens(`${confirm}${glued}`)).text).toContain('One more click');
  // a line end in the middle is passed over, as every URL parser does; what got lost can't be guessed
  const wrapped = `${link.slice(0, 40)}%0D%0A${link.slice(40)}`;
  expect((await world.opens(wrapped)).text).toContain('Leave?');
  for (const broken of [link.slice(0, 40), '/unsubscribe/%41'])
    expect((await world.opens(broken)).text).toContain('This link is incomplete');
  expect(await statusOf('mangled@example.com')).toBe('active');
});

test('a token that comes twice is refused, even if both are the same', async () => {
  const token = await invited('twice@example.com');
  const twice = await world.opens(`/confirm?token=${token}&token=b`);
  const body = new URLSearchParams([
    ['token', token],
    ['token', token],
  ]);
  const posted = await world.opens('/confirm', { method: 'POST', body });
  expect([twice.status, posted.status, await statusOf('twice@example.com')]).toEqual([400, 400, 'pending']);
});

test('who left is not brought back by the link that once confirmed', async () => {
  const token = await invited('left@example.com');
  await world.posts('/confirm', { token });
  await world.posts(await leavingOf('left@example.com'), {});
  expect((await world.posts('/confirm', { token })).text).toContain('no longer works');
  expect(await statusOf('left@example.com')).toBe('unsubscribed');
});

test('no page sends anybody on to where a link says', async () => {
  const token = await invited('redirected@example.com');
  const next = 'next=https%3A%2F%2Fevil.example&redirect=//evil.example';
  const page = await world.opens(`/confirm?token=${token}&${next}`);
  const pressed = await world.posts(`/confirm?${next}`, { token, next: 'https://evil.example' });
  const left = await world.posts(`${await leavingOf('redirected@example.com')}?${next}`, {
    next: 'https://evil.example',
  });
  for (const { status, headers, text } of [page, pressed, left])
    expect([status, headers.get('location'), text.includes('evil')]).toEqual([200, null, false]);
});

// no link of ours passes through us: there is no such page
test('there is no page that counts clicks and sends on, whatever address it is given', async () => {
  for (const path of ['/c/any', '/click', '/r', '/go', '/track/any'])
    for (const method of ['GET', 'POST']) {
      const answer = await world.opens(`${path}?u=https://evil.example&url=//evil.example`, { method });
      expect([answer.status, answer.headers.get('location')]).toEqual([404, null]);
    }
});

test('a link that would run a script is left out when its paper is read', async () => {
  const url = 'javascript:alert(1)';
  const listed = {
    id: '2503.01234',
    title: 'A paper',
    summary: 'On papers.',
    upvotes: 1,
    authors: [{ name: 'A' }],
  };
  const line = {
    paper: { ...listed, projectPage: url, githubRepo: url },
    publishedAt: '2025-03-11T00:00:00.000Z',
  };
  const { papers } = readPaperFile(JSON.stringify({ ...line, _daily: '2025-03-11' }), new Date());
  expect(papers).toHaveLength(1);
  expect(JSON.stringify(papers)).not.toContain('javascript:');
});

test('who is not there any more is told the same, and nothing is written', async () => {
  const { documents } = await import('../../lambdas/aws/dynamodb');
  await world.reader('deleted@example.com');
  const link = await leavingOf('deleted@example.com');
  const subscriberId = await world.idOf('deleted@example.com');
  const Key = { shard: shardOf(subscriberId), subscriberId };
  await documents.send(new DeleteCommand({ TableName: tableName('subscribers'), Key }));
  const answer = await world.posts(link, {});
  expect([answer.status, answer.text.includes('You are unsubscribed')]).toEqual([200, true]);
  expect(await world.subscriber('deleted@example.com')).toBeUndefined();
  // one who asked to be erased leaves the keyed name, and it stays as it is
  const subscribers = await import('../../lambdas/aws/subscribers');
  const { erased } = await import('../../lambdas/core/leaving');
  await world.reader('erased@example.com');
  const known = await world.subscriber('erased@example.com');
  if (!known) throw new Error('nobody there');
  await subscribers.save(erased(known, new Date()), known);
  const before = await everything(world);
  expect((await world.posts(await leavingOf('erased@example.com'), {})).status).toBe(200);
  expect(await everything(world)).toEqual(before);
});

const linkTo = (path: string): Promise<string> => Promise.resolve(`${world.machine.site}${path}`);
