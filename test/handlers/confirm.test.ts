/** GET and POST /confirm: only the owner of a mailbox, only in time, only once. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { agreement, hashOf } from '../../lambdas/core/consent';
import { sign } from '../../lambdas/core/identity';
import { leaveByOneClick, linkIn, pressButton } from '../../local/reader';
import { freezeDate, startWorld, tokenIn, type World } from '../world';

let world: World;
beforeAll(async () => {
  world = await startWorld({
    newsletter: {
      cadences: {
        weekly: { cron: '0 7 ? * MON *', papers: 10 },
        daily: { cron: '0 7 ? * MON-FRI *', papers: 10 },
      },
      limits: { invitationsPerNetwork: 1000 },
    },
  });
});
beforeEach(() => freezeDate('2025-03-15T12:00:00Z'));
afterAll(() => world.close());

const invited = async (address: string): Promise<string> => {
  await world.subscribes(address);
  return linkIn((await world.inboxOf(address)).at(-1), '/confirm');
};

test('pressing twice, or five times at once, welcomes once', async () => {
  const link = await invited('eager@example.org');
  const token = tokenIn(link);
  const answers = await Promise.all(Array.from({ length: 5 }, () => world.posts('/confirm', { token })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(await pressButton(link)).toContain('You are in');
  expect((await world.inboxOf('eager@example.org')).map(({ subject }) => subject)).toEqual([
    'Confirm your subscription to Paperboy',
    'Welcome to Paperboy',
  ]);
});

test('after 48 hours a link no longer works, and its page says what to do', async () => {
  const link = await invited('late@example.org');
  freezeDate('2025-03-17T12:00:02Z');
  expect(await pressButton(link)).toContain('no longer works');
  expect(await world.subscriber('late@example.org')).toMatchObject({ status: 'pending' });
});

test('an old link does not bring back somebody who left', async () => {
  const link = await invited('gone@example.org');
  await pressButton(link);
  await leaveByOneClick((await world.inboxOf('gone@example.org')).at(-1));
  freezeDate('2025-03-15T12:05:00Z');
  expect(await pressButton(link)).toContain('no longer works');
  expect(await world.subscriber('gone@example.org')).toMatchObject({ status: 'unsubscribed' });
});

test('nor does it confirm what they asked for later, before they open the new mail', async () => {
  const old = await invited('later@example.org');
  await pressButton(old);
  await leaveByOneClick((await world.inboxOf('later@example.org')).at(-1));
  freezeDate('2025-03-15T12:05:00Z');
  await world.subscribes('later@example.org');
  expect(await pressButton(old)).toContain('no longer works');
  expect(await world.subscriber('later@example.org')).toMatchObject({ status: 'pending' });
});

test('a link for another purpose, a changed one and a doubled one confirm nobody', async () => {
  const token = tokenIn(await invited('safe@example.org'));
  const foreign = sign(await world.keys(), 'unsubscribe', await world.idOf('safe@example.org'));
  for (const wrong of [foreign, `${token}x`, token.replace(/^k1/, 'k2'), ''])
    expect((await world.posts('/confirm', { token: wrong })).text).toContain('no longer works');
  expect((await world.opens(`/confirm?token=${token}&token=${token}`)).status).toBe(400);
  expect((await world.posts('/confirm', {})).status).toBe(400);
  expect(await world.subscriber('safe@example.org')).toMatchObject({ status: 'pending' });
});

test('a mail program that glues a bracket to the link does no harm', async () => {
  const link = await invited('glued@example.org');
  expect((await world.opens(`${link})>.`)).text).toContain('One more click');
});

/** A reader for a day, whose address was then typed into the form: the link of the question. */
async function wished(address: string, asked: { search?: string; cadence?: string }): Promise<string> {
  await world.reader(address);
  freezeDate('2025-03-16T12:00:00Z');
  await world.subscribes(address, asked);
  return linkIn((await world.inboxOf(address)).at(-1), '/confirm');
}
const subjectsOf = async (address: string) => (await world.inboxOf(address)).map(({ subject }) => subject);

test('opening a question’s link shows what would change and changes nothing', async () => {
  const link = await wished('curious@example.org', { search: '“sparse voxel”', cadence: 'daily' });
  const before = await world.subscriber('curious@example.org');
  const page = await world.opens(link);
  expect(page.text).toContain(
    'Confirm that you want to add the search ‘&quot;sparse voxel&quot;’ and to get Paperboy every weekday.',
  );
  await world.opens(link, { method: 'HEAD' });
  expect(await world.subscriber('curious@example.org')).toEqual(before);
});

test('its button grants the wish, once for five clicks, and no second welcome comes', async () => {
  const link = await wished('five@example.org', { search: 'sparse voxel', cadence: 'daily' });
  const token = tokenIn(link);
  const clicks = Array.from({ length: 5 }, () => world.posts('/confirm', { token }));
  const answers = await Promise.all(clicks);
  expect(answers.filter(({ text }) => text.includes('It is done'))).toHaveLength(1);
  expect(answers.filter(({ text }) => text.includes('You are in'))).toHaveLength(4);
  const { wish, ...reader } = (await world.subscriber('five@example.org')) ?? {};
  expect(wish).toBeUndefined();
  expect(reader).toMatchObject({
    status: 'active',
    cadence: 'daily',
    searches: [{ text: 'sparse voxel', since: '2025-03-16T12:00:00.000Z' }],
    revision: 4,
  });
  expect(await subjectsOf('five@example.org')).toEqual([
    'Confirm your subscription to Paperboy',
    'Welcome to Paperboy',
    'Add the search ‘sparse voxel’ and get Paperboy every weekday?',
  ]);
});

test('a wish is not granted by the link of the invitation, nor by its own after 48 hours', async () => {
  const link = await wished('slow@example.org', { search: 'sparse voxel' });
  const invitation = linkIn((await world.inboxOf('slow@example.org'))[0], '/confirm');
  expect(await pressButton(invitation)).toContain('no longer works');
  freezeDate('2025-03-18T12:00:02Z');
  expect(await pressButton(link)).toContain('no longer works');
  expect((await world.subscriber('slow@example.org'))?.searches).toBeUndefined();
});

test('of two wishes the later one counts', async () => {
  const first = await wished('fickle@example.org', { search: 'sparse voxel' });
  freezeDate('2025-03-16T12:05:00Z');
  await world.subscribes('fickle@example.org', { search: 'diffusion' });
  const second = linkIn((await world.inboxOf('fickle@example.org')).at(-1), '/confirm');
  expect(await pressButton(first)).toContain('no longer works');
  expect(await pressButton(second)).toContain('with papers that match ‘diffusion’ first');
  expect((await world.subscriber('fickle@example.org'))?.searches).toMatchObject([{ text: 'diffusion' }]);
});

test('a wish of somebody who left since is void', async () => {
  const link = await wished('left@example.org', { search: 'sparse voxel' });
  await leaveByOneClick((await world.inboxOf('left@example.org')).at(1));
  expect(await pressButton(link)).toContain('no longer works');
  expect(await world.subscriber('left@example.org')).toMatchObject({ status: 'unsubscribed' });
});

test('a reader of the previous release, in whose row nothing is said of searches, gets the edition and can wish', async () => {
  const { documents } = await import('../../lambdas/aws/dynamodb');
  const { tableName } = await import('../../lambdas/aws/environment');
  const { shardOf } = await import('../../lambdas/core/identity');
  const subscriberId = await world.idOf('old@example.org');
  const askedAt = '2025-01-01T00:00:00.000Z';
  const Item = {
    shard: shardOf(subscriberId),
    subscriberId,
    address: 'old@example.org',
    status: 'active',
    cadence: 'weekly',
    consent: { askedAt, confirmedAt: askedAt },
    revision: 2,
    writeId: 'of-the-previous-release',
  };
  await documents.send(new PutCommand({ TableName: tableName('subscribers'), Item }));
  await world.papersOn('2025-03-11', 2);
  freezeDate('2025-03-17T07:00:00Z');
  await world.sendsEdition('2025-W11');
  expect(await world.digestsOf('old@example.org')).toHaveLength(1);
  await world.subscribes('old@example.org', { search: 'sparse voxel' });
  await pressButton(linkIn((await world.inboxOf('old@example.org')).at(-1), '/confirm'));
  expect((await world.subscriber('old@example.org'))?.searches).toMatchObject([{ text: 'sparse voxel' }]);
});

test('what was agreed to, when and where stands on record: asking, confirming, changing', async () => {
  const link = await wished('recorded@example.org', { search: 'sparse voxel' });
  await pressButton(link);
  const { consents = [] } = (await world.subscriber('recorded@example.org')) ?? {};
  expect(consents.map(({ at, what, form }) => [at.slice(0, 10), what, form])).toEqual([
    ['2025-03-15', 'asked', '/subscribe'],
    ['2025-03-15', 'confirmed', '/confirm'],
    ['2025-03-16', 'asked', '/subscribe'],
    ['2025-03-16', 'changed', '/confirm'],
  ]);
  for (const { network, textVersion, textHash } of consents)
    expect([network, textVersion, textHash]).toEqual(['127.0.0.0/24', agreement.version, hashOf(agreement)]);
});
