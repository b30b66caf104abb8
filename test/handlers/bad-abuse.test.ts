/** The bad inputs `abuse`: the form as a cannon, as an oracle of who is on the list, and as a way around either's guard. */
import * as deadLetters from '../../lambdas/aws/dead-letters';
import { handler as invite } from '../../lambdas/invite';
import { queues } from '../../lambdas/triggers';
import { type Outcomes, testBadInputs } from '../bad-inputs';
import { everything } from '../everything';
import { subscribesFrom } from '../gateway';
import { lambdaContext } from '../../local/lambda-context';
import { linkIn, pressButton } from '../../local/reader';
import { mailsOf } from '../../local/mailbox';
import { freezeDate, startWorld, type World } from '../world';

const LIMITS = { invitationsPerAddress: 3, invitationsPerNetwork: 30, invitations: 100 };

let world: World;
let hour = 0;
/** Whether SES has paused the account. */
let paused = false;
const fault = () => (paused ? ('account-paused' as const) : undefined);

beforeAll(async () => {
  world = await startWorld({ newsletter: { limits: LIMITS }, ses: { fault } });
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

/** A network of IPv4 for each number up to 65,536. */
const network = (n: number): string => `198.18.${n >> 8}.${n & 255}`;

/** FAULTS row 6 says 10,000: that takes minutes, and FLOOD=10000 does it. */
const POSTS = Number(process.env['FLOOD'] ?? 600);

test.each([
  [1, LIMITS.invitationsPerNetwork],
  [Math.ceil(POSTS / 100), LIMITS.invitations],
  [POSTS, LIMITS.invitations],
])(
  'of robots in %i networks, each typing in ever new addresses, no more mails come than the budget has',
  async (networks, budget) => {
    const mails = await mailsFrom(() =>
      flood(POSTS, (n) => subscribesFrom(network(n % networks), { email: `n${n}in${networks}@x.com` })),
    );
    expect(mails).toBe(budget);
  },
  600_000,
);

test('of robots that bomb one mailbox from everywhere, it gets three mails a day, in whatever spelling', async () => {
  const spellings = ['Bombed@X.com', 'bombed@x.com', 'BOMBED@x.com'];
  await flood(120, (n) => subscribesFrom(network(n), { email: spellings[n % 3] ?? '' }));
  await world.machine.idle();
  expect(await world.inboxOf('bombed@x.com')).toHaveLength(3);
});

test('who is over a limit of their own uses up nothing of what others share', async () => {
  await flood(120, (n) => subscribesFrom(network(n), { email: 'greedy@x.com' }));
  await world.machine.idle();
  const mails = await mailsFrom(() =>
    flood(LIMITS.invitations, (n) => subscribesFrom(network(n), { email: `honest${n}@x.com` })),
  );
  expect(mails).toBe(LIMITS.invitations - 3);
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
    email: 'unlucky@x.com',
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
  expect(await world.inboxOf('unlucky@x.com')).toEqual([]);
});

const outcomes: Outcomes = {
  'abuse-103': async () => {
    await flood(100, () => subscribesFrom('203.0.113.1', { email: 'same@x.com' }));
    await flood(100, (n) => subscribesFrom(network(n), { email: 'same@x.com' }));
    await world.machine.idle();
    expect(await world.inboxOf('same@x.com')).toHaveLength(3);
  },

  'abuse-106': async (input) => {
    const [field = '', bait = ''] = input.split('=');
    const before = await everything(world);
    const caught = await subscribesFrom('203.0.113.2', { email: 'robot@x.com', [field]: bait });
    expect(await everything(world)).toEqual(before);
    const stranger = await subscribesFrom('203.0.113.2', { email: 'stranger@x.com' });
    expect(caught).toEqual(stranger);
  },

  // accepted: lists of such domains are never complete, and those who use one read mail, too
  'abuse-108': async (input) => {
    await world.subscribes(input);
    expect(await world.inboxOf(input)).toHaveLength(1);
  },

  'abuse-109': async (input) => {
    const stranger = await world.subscribes('somebody@x.com');
    for (const address of [...input.split(' / '), 'No-Reply@x.com']) {
      const { status, text } = await world.subscribes(address);
      expect([status, text]).toEqual([stranger.status, stranger.text]);
      expect([await world.inboxOf(address), await world.subscriber(address)]).toEqual([[], undefined]);
    }
  },

  'abuse-111': async () => {
    await world.reader('back@x.com');
    const token = linkIn((await world.inboxOf('back@x.com')).at(-1), '/unsubscribe');
    await pressButton(token);
    await world.subscribes('back@x.com');
    expect(await world.subscriber('back@x.com')).toMatchObject({ status: 'pending' });
    await pressButton(linkIn((await world.inboxOf('back@x.com')).at(-1), '/confirm'));
    const { status, consents = [] } = (await world.subscriber('back@x.com')) ?? {};
    const history = consents.map(({ what }) => what);
    expect([status, history]).toEqual(['active', ['asked', 'confirmed', 'left', 'asked', 'confirmed']]);
  },

  'abuse-112': async () => {
    const subscribers = await import('../../lambdas/aws/subscribers');
    await world.reader('bounced@x.com');
    const known = await world.subscriber('bounced@x.com');
    if (!known) throw new Error('nobody there');
    await subscribers.save({ ...known, status: 'suppressed', revision: known.revision + 1 }, known);
    const before = await world.subscriber('bounced@x.com');
    const mails = (await world.inboxOf('bounced@x.com')).length;
    const [again, fresh] = [
      await subscribesFrom('203.0.113.3', { email: 'bounced@x.com' }),
      await subscribesFrom('203.0.113.3', { email: 'fresh@x.com' }),
    ];
    await world.machine.idle();
    expect(again).toEqual(fresh);
    expect(await world.subscriber('bounced@x.com')).toEqual(before);
    expect(await world.inboxOf('bounced@x.com')).toHaveLength(mails);
  },

  'abuse-114': async () => {
    const mails = await mailsFrom(() =>
      flood(60, (n) =>
        subscribesFrom(
          '203.0.113.4',
          { email: `xff${n}@x.com` },
          { 'x-forwarded-for': network(n), forwarded: `for=${network(n)}`, 'x-real-ip': network(n) },
        ),
      ),
    );
    expect(mails).toBe(LIMITS.invitationsPerNetwork);
  },

  'abuse-115': async () => {
    const mails = await mailsFrom(() =>
      flood(60, (n) => subscribesFrom(`2001:db8:1:2::${n.toString(16)}`, { email: `v6-${n}@x.com` })),
    );
    expect(mails).toBe(LIMITS.invitationsPerNetwork);
  },

  // whoever is asked for, the same calls and no other come before the answer; all that differs comes behind the queue
  'abuse-117': async () => {
    const { documents } = await import('../../lambdas/aws/dynamodb');
    const { sqs } = await import('../../lambdas/aws/sqs');
    await world.reader('existing@x.com');
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
      for (const email of ['existing@x.com', 'new@x.com', 'somebody-else@x.com']) {
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
  },

  'abuse-118': async (input) => {
    const [, origin = ''] = input.split(': ');
    const answer = await subscribesFrom('203.0.113.6', { email: 'cors@x.com' }, { origin });
    const headers = Object.keys(answer.headers ?? {}).map((name) => name.toLowerCase());
    expect(headers.filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect([answer.cookies ?? [], headers.includes('set-cookie')]).toEqual([[], false]);
  },
};

testBadInputs('abuse', outcomes);
