/** record-feedback: what SES reports, whatever the order and however often. */
import * as deadLetters from '../../lambdas/aws/dead-letters';
import * as deliveries from '../../lambdas/aws/deliveries';
import * as editions from '../../lambdas/aws/editions';
import * as lanes from '../../lambdas/aws/lanes';
import { shardOf } from '../../lambdas/core/identity';
import { bounce, complaint, EDITION, eventOf } from '../events';
import { startWorld, type World } from '../world';

let world: World;

beforeAll(async () => {
  world = await startWorld({ ses: { report: async () => {} } });
  await world.papersOn('2025-03-11', 2);
});
afterAll(() => world.close());

const hear = (...events: unknown[]): Promise<unknown> => world.hears('record-feedback', ...events);

async function reader(name: string): Promise<{ id: string; address: string }> {
  const address = `${name}@example.org`;
  await world.reader(address);
  return { id: await world.idOf(address), address };
}

const factsOf = async (id: string): Promise<string[]> => {
  const accounts = await deliveries.accountsOf({ editionId: EDITION, shard: shardOf(id) });
  return [...(accounts.get(id)?.facts ?? [])].toSorted();
};

test.each<[what: string, type: string, more: (address: string) => object]>([
  ['a permanent bounce', 'Bounce', (address) => bounce('Permanent', address)],
  ['a complaint', 'Complaint', (address) => complaint(address)],
  ['an address spelled in capitals', 'Bounce', (address) => bounce('Permanent', address.toUpperCase())],
  ['a complaint that names others too', 'Complaint', (address) => complaint('other@example.com', address)],
])('%s suppresses at once and for good', async (what, type, more) => {
  const { id, address } = await reader(what.replaceAll(' ', '-'));
  await hear(eventOf(type, id, address, more(address)));
  expect(await world.subscriber(address)).toMatchObject({ status: 'suppressed' });
  await world.subscribes(address);
  expect(await world.subscriber(address)).toMatchObject({ status: 'suppressed' });
});

test('three times, in any order and late, the same facts come to the same', async () => {
  const orders = [
    ['Send', 'Delivery', 'Complaint'],
    ['Complaint', 'Delivery', 'Send', 'Send', 'Delivery', 'Complaint'],
    ['Delivery', 'Complaint', 'Delivery', 'Send', 'Complaint', 'Send', 'Send'],
  ];
  const ends = [];
  for (const [n, types] of orders.entries()) {
    const { id, address } = await reader(`order${n}`);
    for (const type of types)
      await hear(eventOf(type, id, address, type === 'Complaint' ? complaint(address) : {}));
    ends.push([await factsOf(id), (await world.subscriber(address))?.status]);
  }
  expect(new Set(ends.map((end) => JSON.stringify(end)))).toEqual(
    new Set([JSON.stringify([['complained', 'delivered', 'sent'], 'suppressed'])]),
  );
});

test('an event whose recipient is somebody else changes nobody', async () => {
  const { id, address } = await reader('forged');
  await hear(eventOf('Bounce', id, 'attacker@example.com', bounce('Permanent', 'attacker@example.com')));
  await hear(eventOf('Complaint', id, address, complaint('attacker@example.com')));
  expect(await world.subscriber(address)).toMatchObject({ status: 'active' });
  expect(await factsOf(id)).toEqual([]);
});

test('transient bounces count by edition, and three of the last five suppress', async () => {
  const { id, address } = await reader('full-mailbox');
  for (const [n, week] of ['10', '11', '12', '13', '14'].entries()) {
    const editionId = `weekly-2025-W${week}`;
    await editions.list({
      editionId,
      cadence: 'weekly',
      title: 't',
      scheduledFor: `2025-04-0${n + 1}T00:00:00.000Z`,
    } as never);
    if (n % 2) continue;
    const soft = eventOf('Bounce', id, address, bounce('Transient', address), { edition: [editionId] });
    await hear(soft, soft);
    expect((await world.subscriber(address))?.status).toBe(n === 4 ? 'suppressed' : 'active');
  }
});

test('a mail of no edition counts for the subscriber alone', async () => {
  const { id, address } = await reader('invited-only');
  await hear(
    eventOf('Bounce', id, address, bounce('Permanent', address), {
      edition: undefined,
      mail: ['invitation'],
    }),
  );
  expect(await world.subscriber(address)).toMatchObject({ status: 'suppressed' });
});

test('kinds of events that nobody asked for, and events of unknown readers, are passed over', async () => {
  const { id, address } = await reader('odd');
  const heard = await hear(
    eventOf('Subscription', id, address),
    eventOf('Rendering Failure', id, address),
    eventOf('Delivery', 'not-an-id', address),
    eventOf('Bounce', 'A'.repeat(24), 'gone@example.org', bounce('Permanent', 'gone@example.org')),
  );
  expect(heard).toEqual({ batchItemFailures: [] });
  expect(await world.subscriber(address)).toMatchObject({ status: 'active' });
});

test('what is no event of SES goes to the dead letters with its reason, and the others of its batch are heard', async () => {
  const { id, address } = await reader('batch-mate');
  const poison = ['nonsense', '{"Type":"SubscriptionConfirmation","SubscribeURL":"http://169.254.169.254/"}'];
  expect(await hear(...poison, eventOf('Delivery', id, address))).toEqual({ batchItemFailures: [] });
  expect(await factsOf(id)).toEqual(['delivered']);
  const letters = await deadLetters.look('feedback', 30);
  expect(letters.map(({ body }) => body).toSorted()).toEqual(poison.toSorted());
  expect(letters.every(({ reason }) => reason.startsWith("Can't read the message"))).toBe(true);
});

test('complaints of a few in a thousand readers stop the edition, counted once each', async () => {
  const at = new Date().toISOString();
  const period = { from: '2025-03-10', to: '2025-03-16' };
  await editions.create({
    editionId: EDITION,
    cadence: 'weekly',
    title: 't',
    period,
    papers: 1,
    considered: 1,
    status: 'sending',
    scheduledFor: at,
    cutoff: at,
  });
  const lease = { message: { editionId: EDITION, shard: '00' }, owner: 'one' };
  await lanes.take(lease, new Date(), new Date(Date.now() + 60_000));
  const from = { confirmedTo: undefined, settled: [], audience: 0 };
  await lanes.advance(lease, { claimedTo: 'z', from, audience: 3_000 }, new Date(Date.now() + 60_000));
  const [first, second] = [await reader('cross1'), await reader('cross2')];
  const before = (await editions.countTrouble(EDITION, { bounced: 0, complained: 0 })).complained;
  await editions.countTrouble(EDITION, { bounced: 0, complained: 1 - before });
  const one = eventOf('Complaint', first.id, first.address, complaint(first.address));
  await hear(one, one, one);
  expect(await editions.find(EDITION)).toMatchObject({ status: 'sending' }); // 2 of 3,000
  await hear(eventOf('Complaint', second.id, second.address, complaint(second.address)));
  expect(await editions.find(EDITION)).toMatchObject({
    status: 'paused',
    reason: '3 of 3000 readers complained',
  });
});
