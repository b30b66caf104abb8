/** The last mail to readers who unsubscribed, where the operator wants one: once, with a way back, and to nobody who is back or forgotten. */
import { sign } from '../../lambdas/core/identity';
import { leaveByOneClick, linkIn, pressButton } from '../../local/reader';
import type { SesOptions } from '../../local/ses';
import { outputOf } from '../lines';
import { freezeDate, startWorld, type World } from '../world';

let world: World;
let fault: SesOptions['fault'];
beforeAll(async () => {
  world = await startWorld({
    newsletter: {
      cadences: {
        weekly: { cron: '0 7 ? * MON *', papers: 10 },
        monthly: { cron: '0 7 1 * ? *', papers: 10 },
      },
      limits: { invitationsPerNetwork: 1000, invitationsPerAddress: 1 },
      leaving: { goodbye: true },
    },
    ses: { fault: (send) => fault?.(send) },
  });
});
beforeEach(() => freezeDate('2025-03-15T12:00:00Z'));
afterEach(() => (fault = undefined));
afterAll(() => world.close());

const linkOf = async (address: string): Promise<string> =>
  `/unsubscribe/${sign(await world.keys(), 'unsubscribe', await world.idOf(address))}`;

async function leaves(address: string): Promise<void> {
  await world.posts(await linkOf(address), {});
  await world.machine.idle();
}

const goodbyesTo = async (address: string) =>
  (await world.inboxOf(address)).filter(({ subject }) => subject === 'You have left Paperboy');

const statusOf = async (address: string) => (await world.subscriber(address))?.status;

/** The message that the departure of a moment ago queues. */
const messageFor = async (address: string, leftAt = new Date().toISOString()) => ({
  wants: 'goodbye',
  subscriberId: await world.idOf(address),
  leftAt,
});

/** Runs with no queue to be found, as when SQS is down; answers what was logged. */
async function withoutQueue(act: () => Promise<unknown>): Promise<string> {
  const { JOINS_QUEUE_URL: queue } = process.env;
  process.env['JOINS_QUEUE_URL'] = `${queue}-that-is-not-there`;
  try {
    return await outputOf(act, 'ERROR');
  } finally {
    process.env['JOINS_QUEUE_URL'] = queue;
  }
}

/** A reader who left while nobody could be told, so that each test can say itself what comes of it. */
async function goneWithoutGoodbye(address: string): Promise<void> {
  await world.reader(address);
  await withoutQueue(() => leaves(address));
  expect([await statusOf(address), (await goodbyesTo(address)).length]).toEqual(['unsubscribed', 0]);
}

test('who leaves gets one last mail, by the mail program’s button and by the page’s, however often it is pressed', async () => {
  await world.reader('one-click@example.org');
  const welcome = (await world.inboxOf('one-click@example.org')).at(-1);
  for (let n = 0; n < 2; n++) await leaveByOneClick(welcome);
  await world.reader('page@example.org');
  const link = await linkOf('page@example.org');
  await Promise.all([world.posts(link, {}), world.posts(link, {}), world.posts(link, {})]);
  await world.machine.idle();
  for (const name of ['one-click', 'page']) {
    expect(await goodbyesTo(`${name}@example.org`)).toHaveLength(1);
    expect(await statusOf(`${name}@example.org`)).toBe('unsubscribed');
  }
});

test('its link shows buttons, changes nothing when opened, and one click puts everything back', async () => {
  await world.reader('back@example.org');
  await leaves('back@example.org');
  const before = await world.subscriber('back@example.org');
  const link = linkIn((await goodbyesTo('back@example.org'))[0], '/unsubscribe');
  const page = await world.opens(link);
  expect((await world.opens(link, { method: 'HEAD' })).status).toBe(200);
  expect([page.status, page.text]).toEqual([200, expect.stringContaining('Changed your mind?')]);
  expect(page.text).toContain('Send it every month');
  expect(await world.subscriber('back@example.org')).toEqual(before);
  expect(await pressButton(link)).toContain('You are subscribed again.');
  expect(await world.subscriber('back@example.org')).toMatchObject({ status: 'active', cadence: 'weekly' });
  expect((await world.opens(link)).text).toContain('You are subscribed again.');
});

test('after a day its link leads to the form, and brings nobody back', async () => {
  await world.reader('late@example.org');
  await leaves('late@example.org');
  const link = linkIn((await goodbyesTo('late@example.org'))[0], '/unsubscribe');
  freezeDate('2025-03-16T12:00:01Z');
  expect((await world.opens(link)).text).toMatch(/no longer be changed here[^]*href="\/#join"/);
  await world.posts(link, {});
  expect(await statusOf('late@example.org')).toBe('unsubscribed');
});

test('a message that the queue delivers twice, at once or later, makes one mail', async () => {
  await goneWithoutGoodbye('twice@example.org');
  const message = await messageFor('twice@example.org');
  await Promise.all([world.hears('invite', message), world.hears('invite', message)]);
  freezeDate('2025-03-16T00:00:01Z'); // the next day, by the counters
  await world.hears('invite', message);
  expect(await goodbyesTo('twice@example.org')).toHaveLength(1);
});

test.each<[who: string, meanwhile: (address: string) => Promise<unknown>]>([
  [
    'came back',
    async (address) =>
      world.posts(
        `/unsubscribe/${sign(await world.keys(), 'undo', await world.idOf(address), new Date())}/undo`,
        {},
      ),
  ],
  [
    'was forgotten',
    async (address) => {
      const { erase } = await import('../../lambdas/preferring/own-data');
      await erase(await world.idOf(address), new Date());
    },
  ],
  [
    'complained',
    async (address) => {
      const { suppressed } = await import('../../lambdas/core/leaving');
      const subscribers = await import('../../lambdas/aws/subscribers');
      const known = await world.subscriber(address);
      if (known) await subscribers.save(suppressed(known, 'complained', new Date()), known);
    },
  ],
  [
    'asked to join again',
    async (address) => {
      freezeDate('2025-03-16T11:00:00Z'); // one invitation a day
      await world.subscribes(address);
    },
  ],
  ['left a day ago', async () => Promise.resolve(freezeDate('2025-03-16T12:00:01Z'))],
])('who %s before it is written gets none', async (who, meanwhile) => {
  const address = `${who.replaceAll(' ', '-')}@example.org`;
  await goneWithoutGoodbye(address);
  const message = await messageFor(address);
  await meanwhile(address);
  const before = (await world.inboxOf(address)).length;
  await world.hears('invite', message);
  expect(await world.inboxOf(address)).toHaveLength(before);
});

test('the message of an earlier departure is none of a later one', async () => {
  await goneWithoutGoodbye('earlier@example.org');
  const message = await messageFor('earlier@example.org');
  freezeDate('2025-03-15T12:30:00Z');
  const undo = sign(
    await world.keys(),
    'undo',
    await world.idOf('earlier@example.org'),
    new Date(message.leftAt),
  );
  await world.posts(`/unsubscribe/${undo}/undo`, {});
  await withoutQueue(() => leaves('earlier@example.org'));
  await world.hears('invite', message);
  expect(await goodbyesTo('earlier@example.org')).toEqual([]);
});

test('who leaves and comes back over and over is written to once a day', async () => {
  await world.reader('over@example.org');
  for (const time of ['15T12:00', '15T13:00', '15T23:59', '16T12:00']) {
    freezeDate(`2025-03-${time}:00Z`);
    await leaves('over@example.org');
    const undo = sign(await world.keys(), 'undo', await world.idOf('over@example.org'), new Date());
    await world.posts(`/unsubscribe/${undo}/undo`, {});
    expect(await statusOf('over@example.org')).toBe('active');
  }
  expect(await goodbyesTo('over@example.org')).toHaveLength(2);
});

test('who never confirmed, and who moved to another address, get none', async () => {
  await world.subscribes('stranger@example.org');
  await leaves('stranger@example.org');
  expect(await statusOf('stranger@example.org')).toBe('unsubscribed');
  await world.reader('old@example.org');
  const preferences = sign(await world.keys(), 'preferences', await world.idOf('old@example.org'));
  await world.posts('/preferences/address', { token: preferences, email: 'moved@example.org' });
  await world.machine.idle();
  await pressButton(linkIn((await world.inboxOf('moved@example.org')).at(-1), '/preferences/move'));
  await world.machine.idle();
  expect(await statusOf('old@example.org')).toBe('unsubscribed');
  for (const name of ['stranger', 'old', 'moved'])
    expect(await goodbyesTo(`${name}@example.org`)).toEqual([]);
});

test('a queue that is not there keeps nobody from leaving, and the log says so without an address', async () => {
  await world.reader('anyway@example.org');
  const link = await linkOf('anyway@example.org');
  let page = '';
  const lines = await withoutQueue(async () => (page = (await world.posts(link, {})).text));
  expect(page).toContain('You are unsubscribed.');
  expect(await statusOf('anyway@example.org')).toBe('unsubscribed');
  expect(lines).toContain('goodbye.unqueued');
  expect(lines).not.toMatch(/anyway@|@example/);
});

test.each([
  ['again where it had no room', 'throttle-rate', 2],
  ['never again where its answer got lost', 'lost-answer', 1],
] as const)('SES is asked %s, and one mail comes of it', async (_, first, most) => {
  const address = `${first}@example.org`;
  let calls = 0;
  fault = ({ tags }) => (tags['mail'] === 'goodbye' && ++calls === 1 ? first : undefined);
  await goneWithoutGoodbye(address);
  await world.hears('invite', await messageFor(address));
  expect([calls, (await goodbyesTo(address)).length]).toEqual([most, 1]);
});

test('the page on privacy says that one last mail comes', async () => {
  expect((await world.opens('/about')).text).toContain('One last mail says that you have left.');
});
