/** GET and POST /confirm: only the owner of a mailbox, only in time, only once. */
import { sign } from '../../lambdas/core/identity';
import { leaveByOneClick, linkIn, pressButton } from '../../local/reader';
import { freezeDate, startWorld, tokenIn, type World } from '../world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
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
