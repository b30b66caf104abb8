/** The form as a cannon, as an oracle of who is on the list, and as a way around either's guard. */
import * as deadLetters from '../../lambdas/aws/dead-letters';
import { handler as invite } from '../../lambdas/invite';
import { queues } from '../../lambdas/triggers';
import { everything } from '../everything';
import { subscribesFrom } from '../gateway';
import { floods, limits, network } from '../inputs/floods';
import { lambdaContext } from '../../local/lambda-context';
import { linkIn, pressButton } from '../../local/reader';
import { mailsOf } from '../../local/mailbox';
import { freezeDate, startWorld, type World } from '../world';

let world: World;
let hour = 0;
/** Whether SES has paused the account. */
let paused = false;
const fault = () => (paused ? ('account-paused' as const) : undefined);

beforeAll(async () => {
  world = await startWorld({ newsletter: { limits }, ses: { fault } });
});
/** An hour of its own for each test: what others used up is free again. */
beforeEach(() => freezeDate(new Date(Date.UTC(2025, 2, 15) + ++hour * 3_600_000).toISOString()));
afterAll(() => world.close());

/** Mails that came of what is done, once all is done. */
async function mailsFrom(what: () => Promise<void>): Promise<number> {
  const before = (await mailsOf(world.machine.mails)).length;
  await what();
  await world.machine.idle();
  return (await mailsOf(world.machine.mails)).length - before;
}

/** More at once is no faster: all ends meet in one process. */
const AT_ONCE = 20;

/** Posts by robots that are all accepted, a few at a time. */
async function flood(posts: number, post: (n: number) => ReturnType<typeof subscribesFrom>): Promise<void> {
  for (let n = 0; n < posts; n += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, posts - n) }, (_, m) => post(n + m));
    for (const { statusCode } of await Promise.all(some)) expect(statusCode).toBe(202);
  }
}

test.each(floods)(
  '$what: $mails mails come of it',
  async ({ posts, mails, email, ...from }) => {
    const sent = await mailsFrom(() =>
      flood(posts, (n) => subscribesFrom(from.network(n), { email: email(n) }, from.headers?.(n))),
    );
    expect(sent).toBe(mails);
  },
  600_000,
);

test('who is over a limit of their own uses up nothing of what others share', async () => {
  await flood(limits.invitations, (n) => subscribesFrom(network(n), { email: 'greedy@example.com' }));
  await world.machine.idle();
  const mails = await mailsFrom(() =>
    flood(limits.invitations, (n) => subscribesFrom(network(n), { email: `honest${n}@example.com` })),
  );
  expect(mails).toBe(limits.invitations - limits.invitationsPerAddress);
});

const record = (body: string, receives: number) => ({
  Records: [{ messageId: 'm', body, attributes: { ApproximateReceiveCount: String(receives) } }] as never,
});

test('a message that nobody can read lies with the dead letters, and holds up no other', async () => {
  expect(await invite(record('{"email":', 1), lambdaContext('invite', 30))).toEqual({
    batchItemFailures: [],
  });
  expect(await deadLetters.look('joins', 30)).toMatchObject([{ body: '{"email":' }]);
});

test('an invitation that SES doesn’t take now comes back, and after the last try lies with the dead letters', async () => {
  const ask = JSON.stringify({
    email: 'unlucky@example.com',
    askedAt: new Date().toISOString(),
    form: '/subscribe',
    network: '203.0.113.0/24',
  });
  paused = true;
  try {
    const comesBack = { batchItemFailures: [{ itemIdentifier: 'm' }] };
    expect(await invite(record(ask, 1), lambdaContext('invite', 30))).toEqual(comesBack);
    const last = queues.joins.maxReceiveCount;
    expect(await invite(record(ask, last), lambdaContext('invite', 30))).toEqual({ batchItemFailures: [] });
  } finally {
    paused = false;
  }
  const [letter] = await deadLetters.look('joins', 30);
  expect([letter?.body, letter?.reason]).toEqual([ask, expect.stringContaining('"stopped"')]);
  expect(await world.inboxOf('unlucky@example.com')).toEqual([]);
});

test('who fills in the field that nobody sees is answered like any, and nothing comes of it', async () => {
  const before = await everything(world);
  const caught = await subscribesFrom('203.0.113.2', {
    email: 'robot@example.com',
    website: 'https://casino.example',
  });
  expect(await everything(world)).toEqual(before);
  const stranger = await subscribesFrom('203.0.113.2', { email: 'stranger@example.com' });
  expect(caught).toEqual(stranger);
});

test('who left and asks again has to confirm again, and their history stays', async () => {
  await world.reader('back@example.com');
  const token = linkIn((await world.inboxOf('back@example.com')).at(-1), '/unsubscribe');
  await pressButton(token);
  await world.subscribes('back@example.com');
  expect(await world.subscriber('back@example.com')).toMatchObject({ status: 'pending' });
  await pressButton(linkIn((await world.inboxOf('back@example.com')).at(-1), '/confirm'));
  const { status, consents = [] } = (await world.subscriber('back@example.com')) ?? {};
  const history = consents.map(({ what }) => what);
  expect([status, history]).toEqual(['active', ['asked', 'confirmed', 'left', 'asked', 'confirmed']]);
});

test('whose mail bounced is answered like a stranger, and is not written to', async () => {
  const subscribers = await import('../../lambdas/aws/subscribers');
  await world.reader('bounced@example.com');
  const known = await world.subscriber('bounced@example.com');
  if (!known) throw new Error('nobody there');
  await subscribers.save({ ...known, status: 'suppressed', revision: known.revision + 1 }, known);
  const before = await world.subscriber('bounced@example.com');
  const mails = (await world.inboxOf('bounced@example.com')).length;
  const [again, fresh] = [
    await subscribesFrom('203.0.113.3', { email: 'bounced@example.com' }),
    await subscribesFrom('203.0.113.3', { email: 'fresh@example.com' }),
  ];
  await world.machine.idle();
  expect(again).toEqual(fresh);
  expect(await world.subscriber('bounced@example.com')).toEqual(before);
  expect(await world.inboxOf('bounced@example.com')).toHaveLength(mails);
});

// all that differs comes behind the queue, so that not even the time of an answer tells
test('whoever is asked for, the same calls and no other come before the answer', async () => {
  const { documents } = await import('../../lambdas/aws/dynamodb');
  const { sqs } = await import('../../lambdas/aws/sqs');
  await world.reader('existing@example.com');
  await world.machine.idle();
  const calls: string[] = [];
  const note =
    (next: (args: never) => Promise<unknown>, { commandName = '' }: { commandName?: string }) =>
    async (args: never) => {
      calls.push(commandName);
      return next(args);
    };
  const name = { step: 'initialize', name: 'notes' } as const;
  documents.middlewareStack.add(note as never, name);
  sqs.middlewareStack.add(note as never, name);
  const seen = new Set<string>();
  try {
    for (const email of ['existing@example.com', 'new@example.com', 'somebody-else@example.com']) {
      await world.machine.idle();
      calls.length = 0;
      await subscribesFrom('203.0.113.5', { email });
      // what the queue's handler does comes after the message: nothing but it starts without one
      seen.add(calls.slice(0, calls.indexOf('SendMessageCommand') + 1).join());
    }
  } finally {
    documents.middlewareStack.remove('notes');
    sqs.middlewareStack.remove('notes');
  }
  expect([...seen]).toEqual(['UpdateItemCommand,SendMessageCommand']);
});

test('a page of another site can post, and reads nothing of the answer', async () => {
  const answer = await subscribesFrom(
    '203.0.113.6',
    { email: 'cors@example.com' },
    { origin: 'https://evil.example' },
  );
  const headers = Object.keys(answer.headers ?? {}).map((name) => name.toLowerCase());
  expect(headers.filter((name) => name.startsWith('access-control'))).toEqual([]);
  expect([answer.cookies ?? [], headers.includes('set-cookie')]).toEqual([[], false]);
});
