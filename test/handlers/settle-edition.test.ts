/** settle-edition: unknown deliveries resolved by evidence, and books that close only when nobody is missing. */
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import * as deliveries from '../../lambdas/aws/deliveries';
import { documents } from '../../lambdas/aws/dynamodb';
import * as editions from '../../lambdas/aws/editions';
import * as lanes from '../../lambdas/aws/lanes';
import { shardOf } from '../../lambdas/core/identity';
import type { Settled } from '../../lambdas/settle-edition';
import { mailsOf } from '../../local/mailbox';
import type { Fault } from '../../local/ses';
import type { SesEvent } from '../../local/ses-events';
import { freezeDate, startWorld, type World } from '../world';

const READERS = ['ada', 'alan', 'grace', 'edsger'].map((name) => `${name}@example.org`);
const ADA = 'ada@example.org';
let world: World;
const faults = new Map<string, Fault[]>();
let heldEvents: SesEvent[][] = [];

beforeAll(async () => {
  world = await startWorld({
    ses: {
      fault: ({ recipients }) => faults.get(recipients[0] ?? '')?.shift(),
      report: async (events) => void heldEvents.push(events),
    },
  });
  for (const reader of READERS) await world.reader(reader);
});
afterAll(() => world.close());
beforeEach(() => {
  faults.clear();
  heldEvents = [];
});
afterEach(() => jest.useRealTimers());

let week = 10;
/** Sends an edition of a week of its own; `met` is what SES does to Ada's mail. */
async function sent(...met: Fault[]): Promise<string> {
  week += 1;
  const monday = new Date(Date.UTC(2025, 2, 10 + (week - 11) * 7)).toISOString().slice(0, 10);
  await world.papersOn(monday, 2);
  faults.set(ADA, met);
  const { editionId } = await world.sendsEdition(`2025-W${week}`);
  return editionId;
}

const settle = async (editionId: string): Promise<Settled | undefined> => {
  const settled = (await world.machine.invoke('settle-edition', {})) as Settled[];
  await world.machine.idle();
  return settled.find((one) => one.editionId === editionId);
};

const later = (minutes: number): void => freezeDate(new Date(Date.now() + minutes * 60_000).toISOString());

/** What SES reported reaches record-feedback; `but` is whose events are lost. */
async function eventsArrive(but?: string): Promise<void> {
  for (const event of heldEvents.flat()) {
    const mail = event.detail['mail'] as { destination: string[] };
    if (mail.destination[0] !== but)
      await world.machine.invoke('record-feedback', {
        Records: [{ messageId: 'm', body: JSON.stringify(event) }],
      });
  }
  heldEvents = [];
}

const mailsFrom = async (editionId: string, address: string): Promise<number> =>
  (await mailsOf(world.machine.mails, address)).filter(({ tags }) => tags['edition'] === editionId).length;

test('when everybody has a row, the books close and the edition is done', async () => {
  const editionId = await sent();
  expect(await settle(editionId)).toMatchObject({
    status: 'done',
    books: { audience: 4, sent: 4, failed: 0, skipped: {}, unknown: 0, parked: 0, closed: true },
  });
  expect(await editions.find(editionId)).toMatchObject({ status: 'done', books: { closed: true } });
  expect(await settle(editionId)).toBeUndefined();
});

test('a lost answer is resolved by SES’s own event, with one mail', async () => {
  const editionId = await sent('lost-answer');
  expect(await settle(editionId)).toMatchObject({ status: 'sending', books: { unknown: 1, closed: false } });
  await eventsArrive();
  expect(await settle(editionId)).toMatchObject({
    status: 'done',
    books: { sent: 4, resolved: 1, unknown: 0, delivered: 4 },
  });
  expect(await mailsFrom(editionId, ADA)).toBe(1);
});

test('a mail that SES never saw is sent again after the grace, when its other events did arrive', async () => {
  const editionId = await sent('unavailable');
  await eventsArrive();
  expect(await settle(editionId)).toMatchObject({ books: { unknown: 1 } });
  expect(await mailsFrom(editionId, ADA)).toBe(0);
  later(61);
  await settle(editionId);
  expect(await mailsFrom(editionId, ADA)).toBe(1);
  expect(await settle(editionId)).toMatchObject({ status: 'done', books: { sent: 4, unknown: 0 } });
});

test('without any event silence proves nothing: it is parked', async () => {
  const editionId = await sent('lost-answer');
  later(61);
  expect(await settle(editionId)).toMatchObject({
    status: 'done',
    books: { sent: 3, parked: 1, unknown: 0 },
  });
  expect(await mailsFrom(editionId, ADA)).toBe(1);
});

test('a second unknown is parked: nobody is tried a third time', async () => {
  const editionId = await sent('unavailable', 'unavailable', 'unavailable');
  await eventsArrive();
  later(61);
  await settle(editionId);
  later(61);
  expect(await settle(editionId)).toMatchObject({ status: 'done', books: { sent: 3, parked: 1 } });
  expect(faults.get(ADA)).toHaveLength(1);
});

test('one hidden row keeps the edition open', async () => {
  const editionId = await sent();
  const subscriberId = await world.idOf('grace@example.org');
  const shard = shardOf(subscriberId);
  const row = await deliveries.find({ editionId, shard }, subscriberId);
  if (!row) throw new Error('no row');
  const Key = { editionShard: `${editionId}#${shard}`, recipient: subscriberId };
  await documents.send(new DeleteCommand({ TableName: world.machine.environment['DELIVERIES_TABLE'], Key }));
  expect(await settle(editionId)).toMatchObject({
    status: 'sending',
    books: { audience: 4, sent: 3, closed: false },
  });
  await deliveries.record({ editionId, shard }, [row]);
  expect(await settle(editionId)).toMatchObject({ status: 'done', books: { closed: true } });
});

test('an edition that is late is held for the operator, and goes on by the operator’s word', async () => {
  const editionId = await sent();
  await editions.change(editionId, ['sending'], {
    scheduledFor: '0900-01-01T00:00:00.000Z',
    aliveAt: '0900-01-01T00:00:00.000Z',
  });
  expect(await settle(editionId)).toMatchObject({ status: 'paused' });
  expect(await editions.find(editionId)).toMatchObject({
    status: 'paused',
    reason: 'it is later than lateHours allows',
  });
  await editions.change(editionId, ['paused'], { status: 'sending', aliveAt: new Date().toISOString() });
  expect(await settle(editionId)).toMatchObject({ status: 'done' });
});

/** Messages in the queue of lanes: those that are waiting or at work, and those that are delayed. */
async function lanesQueued(): Promise<{ now: number; later: number }> {
  const { sqs } = await import('../../lambdas/aws/sqs');
  const QueueUrl = world.machine.environment['LANES_QUEUE_URL'];
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  const { ApproximateNumberOfMessages: open, ApproximateNumberOfMessagesNotVisible: atWork } = Attributes;
  const now = Number(open) + Number(atWork);
  return { now, later: Number(Attributes['ApproximateNumberOfMessagesDelayed']) };
}

// the last one: it leaves delayed messages behind
test('the next edition of a cadence waits until every lane of the one before is walked', async () => {
  const shard = shardOf(await world.idOf(ADA));
  const walk = (editionId: string) =>
    world.machine.invoke('send-digest', {
      Records: [{ messageId: 'm', body: JSON.stringify({ editionId, shard }) }],
    });
  const build = async (): Promise<string> => {
    week += 1;
    const monday = new Date(Date.UTC(2025, 2, 10 + (week - 11) * 7)).toISOString();
    await world.papersOn(monday.slice(0, 10), 2);
    const scheduledTime = new Date(Date.parse(monday) + 7 * 86_400_000 + 7 * 3_600_000).toISOString();
    const built = await world.machine.invoke('build-digest', { cadence: 'weekly', scheduledTime });
    return (built as { editionId: string }).editionId;
  };
  faults.set(ADA, ['throttle-quota']);
  const first = await build();
  const done = async () =>
    [...(await lanes.ofEdition(first)).values()].filter(({ status }) => status === 'done').length;
  while ((await done()) < 63) await new Promise((resolve) => setTimeout(resolve, 50));
  const second = await build();
  expect(await editions.find(second)).toMatchObject({ previous: first });
  while ((await lanesQueued()).now > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  const { later: before } = await lanesQueued();
  for (let n = 0; n < 3; n++) await walk(second);
  expect(await lanesQueued()).toEqual({ now: 0, later: before }); // a lane that waits makes no copies of itself
  expect([await mailsFrom(first, ADA), await mailsFrom(second, ADA)]).toEqual([0, 0]);
  later(20); // the rest of the first is over
  await walk(first);
  await walk(second);
  expect([await mailsFrom(first, ADA), await mailsFrom(second, ADA)]).toEqual([1, 1]);
  for (const editionId of [first, second])
    await editions.change(editionId, ['sending'], { status: 'cancelled' });
});
