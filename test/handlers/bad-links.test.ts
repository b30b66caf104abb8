/** The bad inputs `token-links`: links that are old, mangled, forged, foreign, or opened by a machine. */
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { shardOf, sign } from '../../lambdas/core/identity';
import { readPaperFile } from '../../lambdas/sources/paper-file';
import { tableName } from '../../local/dynamodb';
import { linkIn } from '../../local/reader';
import { type Outcomes, testBadInputs } from '../bad-inputs';
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

/** Nobody leaves and nobody joins by any of these tokens. */
async function areRefused(tokens: readonly string[]): Promise<void> {
  const before = await everything(world);
  for (const token of tokens) {
    const path = `/unsubscribe/${encodeURIComponent(token)}`;
    for (const method of ['GET', 'POST'])
      expect([token, (await world.opens(path, { method })).status]).toEqual([token, 404]);
    expect((await world.posts('/confirm', { token })).text).toContain('no longer works');
    expect((await world.opens(`/confirm?token=${encodeURIComponent(token)}`)).text).toContain('no longer');
  }
  expect(await everything(world)).toEqual(before);
}

const other = (letter: string): string => (letter === 'A' ? 'B' : 'A');

const outcomes: Outcomes = {
  'token-links-121': async (input) => {
    const [first = '', second = ''] = input.split(' / ');
    const [purpose = '', prefetch = ''] = first.split(': ');
    await world.reader('prefetched@x.com');
    const links = [
      await leavingOf('prefetched@x.com'),
      await leavingOf('prefetched@x.com', 'unsubscribe'),
      `/confirm?token=${await invited('unopened@x.com')}`,
    ];
    const before = await everything(world);
    for (const link of links)
      for (const method of ['GET', 'HEAD', 'OPTIONS'])
        for (const headers of [{}, { [purpose]: prefetch }, { [second]: prefetch }])
          await world.opens(link, { method, headers });
    expect(await everything(world)).toEqual(before);
  },

  'token-links-123': async () => {
    await world.reader('one-click@x.com');
    const answer = await world.posts(await leavingOf('one-click@x.com'), { 'List-Unsubscribe': 'One-Click' });
    expect([answer.status, answer.headers.get('location')]).toEqual([200, null]);
    expect(await statusOf('one-click@x.com')).toBe('unsubscribed');
  },

  'token-links-126': async () => {
    await world.reader('five@x.com');
    const link = await leavingOf('five@x.com');
    for (let n = 0; n < 5; n++) expect((await world.posts(link, {})).status).toBe(200);
    const { consents = [] } = (await world.subscriber('five@x.com')) ?? {};
    expect(consents.map(({ what }) => what)).toEqual(['asked', 'confirmed', 'left']);
  },

  'token-links-127': async () => {
    await world.reader('again@x.com');
    const link = await leavingOf('again@x.com', 'unsubscribe');
    await world.posts(link, {});
    await world.reader('again@x.com');
    expect(await statusOf('again@x.com')).toBe('active');
    await world.posts(link, {});
    expect(await statusOf('again@x.com')).toBe('unsubscribed');
  },

  'token-links-128': async () => {
    await world.reader('old@x.com');
    const link = await leavingOf('old@x.com', 'unsubscribe');
    freezeDate('2027-03-15T12:00:00Z');
    expect((await world.posts(link, {})).status).toBe(200);
    expect(await statusOf('old@x.com')).toBe('unsubscribed');
  },

  'token-links-129': async () => {
    const { secrets } = await import('../../lambdas/aws/keys');
    await world.reader('rotated@x.com');
    const link = await leavingOf('rotated@x.com');
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
      expect(await statusOf('rotated@x.com')).toBe('unsubscribed');
    } finally {
      secrets.middlewareStack.remove('rotation');
    }
  },

  'token-links-131': async () => {
    await world.reader('flipped@x.com');
    const token = tokenIn(await linkTo(await leavingOf('flipped@x.com')));
    await areRefused(
      token.split('').map((letter, n) => token.slice(0, n) + other(letter) + token.slice(n + 1)),
    );
  },

  'token-links-132': async () => {
    await world.reader('spelled@x.com');
    const token = tokenIn(await linkTo(await leavingOf('spelled@x.com')));
    const parts = token.split('.');
    const last = parts.at(-1) ?? '';
    // in 24 letters of base64url there are no bits to spare: a letter more or less is the only other spelling
    await areRefused([
      `${token}A`,
      token.slice(0, -1),
      [...parts.slice(0, -1), `+${last.slice(1)}`].join('.'),
      [...parts.slice(0, -1), `/${last.slice(1)}`].join('.'),
      [...parts.slice(0, -1), Buffer.from(last, 'base64url').toString('hex')].join('.'),
      token.toUpperCase(),
    ]);
  },

  'token-links-135': async () => {
    await world.reader('ann@x.com');
    await world.reader('bob@x.com');
    const [ann = '', bob = ''] = await Promise.all(
      ['ann@x.com', 'bob@x.com'].map(async (address) => tokenIn(await linkTo(await leavingOf(address)))),
    );
    const [keyId, , ...signed] = ann.split('.');
    await areRefused([[keyId, bob.split('.')[1], ...signed].join('.')]);
  },

  'token-links-136': async () => {
    await world.reader('mangled@x.com');
    const link = await leavingOf('mangled@x.com', 'unsubscribe');
    for (const glued of [')', '>', '.', ',', '%3D', '=', '>).', '%0A', '%20'])
      expect((await world.opens(`${link}${glued}`)).text).toContain('Leave?');
    const confirm = `/confirm?token=${await invited('glued@x.com')}`;
    for (const glued of [')', '>', '%3D', '='])
      expect((await world.opens(`${confirm}${glued}`)).text).toContain('One more click');
    // a line end in the middle is passed over, as every URL parser does; what got lost can't be guessed
    const wrapped = `${link.slice(0, 40)}%0D%0A${link.slice(40)}`;
    expect((await world.opens(wrapped)).text).toContain('Leave?');
    for (const broken of [link.slice(0, 40), '/unsubscribe/%41'])
      expect((await world.opens(broken)).text).toContain('This link is incomplete');
    expect(await statusOf('mangled@x.com')).toBe('active');
  },

  'token-links-137': async () => {
    const token = await invited('twice@x.com');
    const twice = await world.opens(`/confirm?token=${token}&token=b`);
    const body = new URLSearchParams([
      ['token', token],
      ['token', token],
    ]);
    const posted = await world.opens('/confirm', { method: 'POST', body });
    expect([twice.status, posted.status, await statusOf('twice@x.com')]).toEqual([400, 400, 'pending']);
  },

  'token-links-139': async () => {
    const token = await invited('left@x.com');
    await world.posts('/confirm', { token });
    await world.posts(await leavingOf('left@x.com'), {});
    expect((await world.posts('/confirm', { token })).text).toContain('no longer works');
    expect(await statusOf('left@x.com')).toBe('unsubscribed');
  },

  'token-links-141': async (input) => {
    const token = await invited('redirected@x.com');
    const next = input.split('?')[1] ?? '';
    const page = await world.opens(`/confirm?token=${token}&${next}`);
    const pressed = await world.posts(`/confirm?${next}`, { token, next: 'https://evil' });
    const left = await world.posts(`${await leavingOf('redirected@x.com')}?${next}`, {
      next: 'https://evil',
    });
    for (const { status, headers, text } of [page, pressed, left])
      expect([status, headers.get('location'), text.includes('evil')]).toEqual([200, null, false]);
  },

  // no link of ours passes through us: there is no such page
  'token-links-142': async (input) => {
    for (const method of ['GET', 'POST']) {
      const answer = await world.opens(input.replace('{id}', 'any'), { method });
      expect([answer.status, answer.headers.get('location')]).toEqual([404, null]);
    }
  },

  'token-links-143': async (input) => {
    const url = input.replace('stored url ', '');
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
  },

  'token-links-145': async () => {
    const { documents } = await import('../../lambdas/aws/dynamodb');
    await world.reader('deleted@x.com');
    const link = await leavingOf('deleted@x.com');
    const subscriberId = await world.idOf('deleted@x.com');
    const Key = { shard: shardOf(subscriberId), subscriberId };
    await documents.send(new DeleteCommand({ TableName: tableName('subscribers'), Key }));
    const answer = await world.posts(link, {});
    expect([answer.status, answer.text.includes('You are unsubscribed')]).toEqual([200, true]);
    expect(await world.subscriber('deleted@x.com')).toBeUndefined();
    // one who asked to be erased leaves the keyed name, and it stays as it is
    const subscribers = await import('../../lambdas/aws/subscribers');
    const { erased } = await import('../../lambdas/core/leaving');
    await world.reader('erased@x.com');
    const known = await world.subscriber('erased@x.com');
    if (!known) throw new Error('nobody there');
    await subscribers.save(erased(known, new Date()), known);
    const before = await everything(world);
    expect((await world.posts(await leavingOf('erased@x.com'), {})).status).toBe(200);
    expect(await everything(world)).toEqual(before);
  },
};

const linkTo = (path: string): Promise<string> => Promise.resolve(`${world.machine.site}${path}`);

testBadInputs('token-links', outcomes);
