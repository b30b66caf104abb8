/** What SES, or something on the way to it, answers to a sender. */
import { startProxy, text, type Answer, type Call } from '../../bench/faults-proxy';
import * as editions from '../../lambdas/aws/editions';
import type { FarEnd } from '../../local/far-end';
import { errorXml, SesError } from '../../local/ses-xml';
import { startWorld, type World } from '../world';

type Answering = (call: Call, to: string) => Answer | Promise<Answer>;

let world: World;
let ses: FarEnd;
/** What the next mails meet on their way to SES, and whom all mails so far were for. */
let answers: Answering[] = [];
let tried: string[] = [];
let editionId: string;

beforeAll(async () => {
  world = await startWorld({ everyLane: true, queues: ['joins'] });
  ses = await startProxy(world.machine.inbox, async (call) => {
    const to = new URLSearchParams(call.body.toString()).get('Destinations.member.1');
    if (!to) return call.forward(); // asks for the quota
    tried.push(to);
    return (await answers.shift()?.(call, to)) ?? call.forward();
  });
  process.env['AWS_ENDPOINT_URL_SES'] = ses.url;
});
afterEach(async () => {
  [answers, tried] = [[], []];
  jest.restoreAllMocks();
  await editions.change(editionId, ['sending', 'paused'], { status: 'cancelled' }); // or the next one waits for it
});
afterAll(async () => {
  await ses.close();
  await world.close();
});

/** What SES says of the account, in its own words. */
const ofNobody: [shard: string, code: string, message: string][] = [
  ['05', 'AccountSendingPausedException', 'Email sending is disabled for your account.'],
  ['06', 'ConfigurationSetDoesNotExist', 'Configuration set <paperboy> does not exist.'],
];

const refuses =
  (code: string, message: string): Answering =>
  (_, to) =>
    text(400, errorXml(new SesError(code, message.replace('$', to))), 'text/xml');

/** A new edition, and readers of one lane of it. */
async function mates(shard: string, count: number): Promise<string[]> {
  const addresses = await world.matesIn(shard, count);
  editionId = (await world.sendsEdition(await world.weekWithPapers())).editionId;
  return addresses;
}

/** The lane's message comes once; what happens to it is settled, so that SQS need not bring it again. */
async function walk(shard: string): Promise<void> {
  expect(await world.hears('send-digest', { editionId, shard })).toEqual({ batchItemFailures: [] });
}

/** How many readers have a row of which standing, and how many have none. */
async function standings(addresses: readonly string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const address of addresses) {
    const { status = 'none' } = (await world.rowOf(editionId, address)) ?? {};
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

/** Says no to one mail of eight: nobody is to blame, nobody further is tried, and later everybody gets the edition. */
async function pausesTheEdition(shard: string, code: string, message: string): Promise<void> {
  const readers = await mates(shard, 8);
  answers = [refuses(code, message)];
  await walk(shard);
  expect(await editions.find(editionId)).toMatchObject({ status: 'paused', reason: `${code}: ${message}` });
  expect(await standings(readers)).toEqual({ sent: 4, none: 4 });
  await walk(shard);
  expect(tried).toHaveLength(5);
  await editions.change(editionId, ['paused'], { status: 'sending' });
  await walk(shard);
  expect(await standings(readers)).toEqual({ sent: 8 });
  expect(await world.copiesOf(editionId, readers)).toEqual(readers.map(() => 1));
}

test('a page of some proxy instead of an answer leaves the reader unknown, and is not tried again', async () => {
  const readers = await mates('01', 2);
  answers = [
    async (call) => {
      await call.forward();
      return text(200, '<!doctype html><title>OK</title><h1>It works!</h1>', 'text/html');
    },
  ];
  await walk('01');
  await walk('01');
  expect(await standings(readers)).toEqual({ unknown: 1, sent: 1 });
  expect(tried.toSorted()).toEqual(readers.toSorted());
});

test('who is throttled waits and is sent their copy, once', async () => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // the shortest pauses
  const [reader = ''] = await mates('02', 1);
  const throttled = refuses('Throttling', 'Maximum sending rate exceeded.');
  answers = [throttled, throttled];
  await walk('02');
  expect(tried).toEqual([reader, reader, reader]);
  expect(await standings([reader])).toEqual({ sent: 1 });
  expect(await world.copiesOf(editionId, [reader])).toEqual([1]);
});

test('a refusal is of one reader, unless SES refuses a whole group', async () => {
  const sandbox = refuses(
    'MessageRejected',
    'Email address is not verified. The following identities failed the check in region US-EAST-1: $',
  );
  const readers = await mates('03', 6);
  answers = [sandbox];
  await walk('03');
  expect(await standings(readers)).toEqual({ failed: 1, sent: 5 });
  expect(await editions.find(editionId)).toMatchObject({ status: 'sending' });

  const others = await world.matesIn('04', 6);
  answers = others.map(() => sandbox);
  await walk('04');
  expect(await standings(others)).toEqual({ failed: 6 });
  expect(await editions.find(editionId)).toMatchObject({
    status: 'paused',
    reason: expect.stringMatching(/^SES refused every reader of a group: MessageRejected/) as string,
  });
});

test.each(ofNobody)(
  'in lane %s, %s: the edition waits for its operator, and no reader is to blame',
  pausesTheEdition,
);
