/** send-digest: each reader once, whatever SES answers and whoever else walks the lane. */
import type { Fault } from '../../local/ses';
import * as deadLetters from '../../lambdas/aws/dead-letters';
import * as deliveries from '../../lambdas/aws/deliveries';
import * as editions from '../../lambdas/aws/editions';
import * as lanes from '../../lambdas/aws/lanes';
import type { Delivery } from '../../lambdas/core/delivery';
import { shardOf } from '../../lambdas/core/identity';
import { handler as sendDigest } from '../../lambdas/send-digest';
import * as subscribers from '../../lambdas/aws/subscribers';
import type { Subscriber } from '../../lambdas/core/subscriber';
import { lambdaContext } from '../../local/lambda-context';
import { holdPauses } from '../pauses';
import { freezeDate, startWorld, type World } from '../world';

let world: World;
/** What SES does to the next calls, by address. */
const faults = new Map<string, Fault[]>();
let refusesAll = false;

beforeAll(async () => {
  world = await startWorld({
    ses: { fault: ({ recipients }) => (refusesAll ? 'reject' : faults.get(recipients[0] ?? '')?.shift()) },
  });
});
afterAll(() => world.close());
afterEach(() => jest.useRealTimers());
beforeEach(() => faults.clear());

async function readers(...names: string[]): Promise<string[]> {
  const addresses = names.map((name) => `${name}@example.org`);
  await world.enlists(addresses);
  return addresses;
}

const rowsOfLane = async (editionId: string, shard: string): Promise<Delivery[]> =>
  [...(await deliveries.accountsOf({ editionId, shard })).values()].flatMap(({ delivery }) => delivery ?? []);

/** Runs the handler with one message, as the queue would. */
const run = (editionId: string, shard: string, seconds = 300) =>
  sendDigest(
    { Records: [{ messageId: 'm', body: JSON.stringify({ editionId, shard }) } as never] },
    lambdaContext('send-digest', seconds),
  );

test.each<[fault: Fault, row: Partial<Delivery>, mails: number]>([
  ['lost-answer', { status: 'unknown' }, 1],
  ['garbage', { status: 'unknown', reason: 'SES answered without a message id' }, 1],
  ['unavailable', { status: 'unknown' }, 0],
  ['reject', { status: 'failed' }, 0],
])('after the fault "%s" the row says so, and nobody is tried again blindly', async (fault, row, mails) => {
  const [address = ''] = await readers(`met-${fault}`);
  faults.set(address, [fault]);
  const { editionId } = await world.sendsEdition(await world.weekWithPapers());
  await run(editionId, shardOf(await world.idOf(address)));
  expect(await world.rowOf(editionId, address)).toMatchObject(row);
  expect(await world.digestsOf(address)).toHaveLength(mails);
});

test('who is throttled is tried again until SES takes the mail', async () => {
  const [address = ''] = await readers('throttled');
  faults.set(address, ['throttle-rate', 'throttle-rate']);
  const { editionId } = await world.sendsEdition(await world.weekWithPapers());
  expect(await world.rowOf(editionId, address)).toMatchObject({ status: 'sent' });
  expect(await world.digestsOf(address)).toHaveLength(1);
});

test.each<Fault>(['throttle-quota', 'account-paused'])(
  'when SES says stop (%s), the lane keeps its place and goes on later with nobody twice',
  async (fault) => {
    const shard = '2a';
    const mates = await world.matesIn(shard, 13, { name: fault });
    const [stopper = ''] = mates.toSorted().slice(7, 8);
    faults.set(stopper, [fault]);
    const editionId = await frozenEdition();
    expect(await run(editionId, shard)).toEqual({ batchItemFailures: [] });
    const lane = await lanes.read({ editionId, shard });
    expect(lane?.status).toBe('waiting');
    expect(await world.rowOf(editionId, stopper)).toBeUndefined();
    await world.matesIn(shard, 12, { name: `${fault}-newcomer`, status: 'pending' }); // who come in between must not push anybody on
    freezeDate(new Date(Date.now() + 20 * 60_000).toISOString());
    const isPaused = fault === 'account-paused';
    expect((await editions.find(editionId))?.status).toBe(isPaused ? 'paused' : 'sending');
    if (isPaused) await editions.change(editionId, ['paused'], { status: 'sending' });
    await run(editionId, shard);
    expect(await world.copiesOf(editionId, mates)).toEqual(mates.map(() => 1));
    expect((await lanes.read({ editionId, shard }))?.status).toBe('done');
  },
);

test('a lane that stops and can’t be queued again has failed: its message comes back', async () => {
  const [address = ''] = await readers('stopped');
  faults.set(address, ['throttle-quota']);
  const editionId = await frozenEdition();
  const { LANES_QUEUE_URL } = process.env;
  process.env['LANES_QUEUE_URL'] = `${LANES_QUEUE_URL}-nowhere`;
  try {
    const { batchItemFailures } = await run(editionId, shardOf(await world.idOf(address)));
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'm' }]);
  } finally {
    process.env['LANES_QUEUE_URL'] = LANES_QUEUE_URL;
  }
});

test('who leaves while SES asks to slow down is not mailed any more', async () => {
  const [address = ''] = await readers('left-in-time');
  faults.set(address, ['throttle-rate']);
  const editionId = await frozenEdition();
  const { held, release, restore } = holdPauses((ms) => ms >= 500 && ms <= 2_000); // before it asks SES again
  const sending = run(editionId, shardOf(await world.idOf(address)));
  await Promise.race([held, sending]);
  await change(address, { status: 'unsubscribed', leftAt: new Date(Date.now() + 1).toISOString() });
  release();
  await sending;
  restore();
  expect(await world.copiesOf(editionId, [address])).toEqual([0]);
  expect(await world.rowOf(editionId, address)).toMatchObject({ status: 'skipped', reason: 'unsubscribed' });
});

test('when SES refuses everybody, the edition is paused and says why', async () => {
  const shard = '11';
  const mates = await world.matesIn(shard, 9, { name: 'refused' });
  expect(mates).toHaveLength(9); // and whoever of the earlier tests is in this shard
  const editionId = await frozenEdition();
  refusesAll = true;
  await run(editionId, shard);
  refusesAll = false;
  expect(await editions.find(editionId)).toMatchObject({
    status: 'paused',
    reason: expect.stringMatching(/^SES refused every reader of a group: MessageRejected/),
  });
});

test.each([
  [4, '3c', 'sending'],
  [5, '3d', 'paused'],
])('%i readers of the lane %s, all refused, leave the edition %s', async (count, shard, status) => {
  await world.matesIn(shard, count, { name: 'refused' });
  expect(await subscribers.walk({ shard }, 100)).toHaveLength(count);
  const editionId = await frozenEdition();
  refusesAll = true;
  await run(editionId, shard);
  refusesAll = false;
  expect((await editions.find(editionId))?.status).toBe(status);
});

test('with no time left the lane is queued again from where it is', async () => {
  const shard = '15';
  const mates = await world.matesIn(shard, 12, { name: 'hurried' });
  const editionId = await frozenEdition();
  await run(editionId, shard, 10);
  expect((await lanes.read({ editionId, shard }))?.status).toBe('waiting');
  await run(editionId, shard);
  expect(await world.copiesOf(editionId, mates)).toEqual(mates.map(() => 1));
});

test('readers of a group that its sender claimed and never confirmed are marked unknown, and not mailed', async () => {
  const shard = '07';
  const mates = await world.matesIn(shard, 12, { name: 'orphan' });
  const editionId = await frozenEdition();
  const message = { editionId, shard };
  const dead = { message, owner: 'a sender that died' };
  const ids = (await Promise.all(mates.map((address) => world.idOf(address)))).toSorted();
  await lanes.take(dead, new Date('2025-01-01T00:00:00Z'), new Date('2025-01-01T00:02:00Z'));
  await lanes.advance(
    dead,
    { claimedTo: ids[9] ?? '', from: { confirmedTo: undefined, settled: [], audience: 0 }, audience: 10 },
    new Date('2025-01-01T00:02:00Z'),
  );
  const at = new Date().toISOString();
  await deliveries.record(message, [
    { subscriberId: ids[0] ?? '', status: 'sent', attempt: 1, messageId: 'known', at },
  ]);
  await run(editionId, shard);
  const rows = (await rowsOfLane(editionId, shard)).filter(({ subscriberId }) => ids.includes(subscriberId));
  const statuses = ids.map((id) => rows.find(({ subscriberId }) => subscriberId === id)?.status);
  expect(statuses).toEqual(['sent', ...Array.from({ length: 9 }, () => 'unknown'), 'sent', 'sent']);
  expect(await world.copiesOf(editionId, mates)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
});

test('a sender whose lane was taken over moves no cursor and sends nothing more', async () => {
  const shard = '33';
  await world.matesIn(shard, 3, { name: 'taken' });
  const editionId = await frozenEdition();
  const [zombie, heir] = ['zombie', 'heir'].map((owner) => ({ message: { editionId, shard }, owner }));
  if (!zombie || !heir) throw new Error('nobody');
  await lanes.take(zombie, new Date('2025-01-01T00:00:00Z'), new Date('2025-01-01T00:02:00Z'));
  expect(await lanes.take(heir, new Date('2025-01-01T00:01:00Z'), new Date())).toMatchObject({
    outcome: 'held',
  });
  expect(await lanes.take(heir, new Date(), new Date(Date.now() + 60_000))).toMatchObject({
    outcome: 'taken',
  });
  expect(
    await lanes.advance(
      zombie,
      { claimedTo: 'x', from: { confirmedTo: undefined, settled: [], audience: 0 }, audience: 0 },
      new Date(),
    ),
  ).toBe(false);
  const late = { claimedTo: 'b', from: { confirmedTo: 'a', settled: [], audience: 0 }, audience: 0 };
  expect(await lanes.advance(heir, { ...late, claimedTo: 'c' }, new Date(Date.now() + 60_000))).toBe(true);
  expect(await lanes.advance(heir, late, new Date())).toBe(false); // a first try that comes after its successor
  expect(await lanes.finish(zombie, { confirmedTo: 'x', settled: [], audience: 0 })).toBe(false);
  expect(await lanes.release(zombie, { confirmedTo: undefined, settled: [], audience: 0 }, new Date())).toBe(
    false,
  );
  expect(await lanes.read({ editionId, shard })).toMatchObject({ owner: 'heir', status: 'sending' });
});

test('who left after the edition was frozen is skipped with the reason; who joined after gets the next one', async () => {
  const [left = '', late = ''] = await readers('left-meanwhile', 'joined-late');
  const editionId = await frozenEdition();
  const now = new Date(Date.now() + 1_000).toISOString();
  await change(left, { status: 'unsubscribed', leftAt: now });
  await change(late, { status: 'active', confirmedAt: now });
  for (const address of [left, late]) await run(editionId, shardOf(await world.idOf(address)));
  expect(await world.rowOf(editionId, left)).toMatchObject({ status: 'skipped', reason: 'unsubscribed' });
  expect(await world.rowOf(editionId, late)).toBeUndefined();
  expect(await world.copiesOf(editionId, [left, late])).toEqual([0, 0]);
});

test('a message for an edition that is not there, and one that makes no sense, fail alone', async () => {
  const records = [
    '{"editionId":"weekly-1999-W01","shard":"00"}',
    'nonsense',
    '{"editionId":"weekly-1999-W01","shard":"zz"}',
  ];
  const context = lambdaContext('send-digest', 300);
  const event = { Records: records.map((body, n) => ({ messageId: `m${n}`, body }) as never) };
  const { batchItemFailures } = await sendDigest(event, context);
  expect(batchItemFailures).toEqual([{ itemIdentifier: 'm0' }]); // comes back; the others never could be read
  const letters = await deadLetters.look('lanes', 30);
  expect(letters.map(({ body }) => body).toSorted()).toEqual(records.slice(1).toSorted());
  expect(letters.every(({ reason }) => reason.startsWith("Can't read the message"))).toBe(true);
});

async function change(
  address: string,
  to: { status: Subscriber['status']; leftAt?: string; confirmedAt?: string },
) {
  const known = await world.subscriber(address);
  if (!known) throw new Error('nobody there');
  const { status, ...consent } = to;
  await subscribers.save(
    { ...known, status, consent: { ...known.consent, ...consent }, revision: known.revision + 1 },
    known,
  );
}

/** An edition whose messages the test sends itself: the poller has nothing to do when the queue is drained first. */
async function frozenEdition(): Promise<string> {
  const week = await world.weekWithPapers();
  const known = await editions.newest(1);
  const like = known[0] && (await editions.find(known[0].editionId));
  if (!like) throw new Error('no edition to copy');
  const editionId = `weekly-${week}`;
  const content = await editions.saveContent(editionId, await editions.contentOf(like));
  const { title, period, papers, considered } = like;
  const at = new Date().toISOString();
  await editions.create({
    editionId,
    cadence: 'weekly',
    title,
    period,
    papers,
    considered,
    content,
    status: 'sending',
    scheduledFor: at,
    cutoff: at,
    queuedAt: at,
  });
  return editionId;
}
