/** The rows of deliveries: each written once by whoever may, and the facts beside them, which only grow. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as deliveries from '../../lambdas/aws/deliveries';
import { documents } from '../../lambdas/aws/dynamodb';
import { tableName } from '../../lambdas/aws/environment';
import type { Delivery } from '../../lambdas/core/delivery';
import type { FarEnd } from '../../local/far-end';
import { startTables } from '../embedded';

let tables: FarEnd;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

const lane = { editionId: 'weekly-2025-W11', shard: '2a' };
const row = (subscriberId: string, change: Partial<Delivery> = {}): Delivery => ({
  subscriberId,
  status: 'sent',
  attempt: 1,
  at: '2025-03-17T07:00:00.000Z',
  ...change,
});

test('a doubt is written only where nothing is known', async () => {
  const doubt = row('ada', { status: 'unknown', reason: 'the sender stopped' });
  expect(await deliveries.recordUnknown(lane, doubt)).toBe(true);
  expect(await deliveries.find(lane, 'ada')).toEqual(doubt);
  await deliveries.record(lane, [row('grace')]);
  expect(await deliveries.recordUnknown(lane, row('grace', { status: 'unknown' }))).toBe(false);
  expect(await deliveries.find(lane, 'grace')).toEqual(row('grace'));
});

test('a row is changed only from the standing and the attempt that were read', async () => {
  const unknown = row('alan', { status: 'unknown' });
  await deliveries.record(lane, [unknown]);
  const second = row('alan', { status: 'again', attempt: 1 });
  expect(await deliveries.change(lane, { status: 'again', attempt: 1 }, second)).toBe(false);
  expect(await deliveries.change(lane, { status: 'unknown', attempt: 2 }, second)).toBe(false);
  expect(await deliveries.find(lane, 'alan')).toEqual(unknown);
  expect(await deliveries.change(lane, unknown, second)).toBe(true);
  expect(await deliveries.change(lane, unknown, row('alan'))).toBe(false);
  expect(await deliveries.find(lane, 'alan')).toEqual(second);
});

test('a row is of one reader in one lane of one edition', async () => {
  await deliveries.record(lane, [row('annie')]);
  expect(await deliveries.find({ ...lane, shard: '2b' }, 'annie')).toBeUndefined();
  expect(await deliveries.find({ ...lane, editionId: 'weekly-2025-W12' }, 'annie')).toBeUndefined();
  expect(await deliveries.isSent(lane, 'annie')).toBe(true);
});

test.each(['failed', 'skipped', 'unknown', 'again', 'parked'] as const)(
  'what is %s is not sent',
  async (status) => {
    await deliveries.record(lane, [row(status, { status })]);
    expect(await deliveries.isSent(lane, status)).toBe(false);
  },
);

test('nobody is sent to of whom nothing is known', async () => {
  expect(await deliveries.isSent(lane, 'stranger')).toBe(false);
});

test('facts only grow, and each is new once', async () => {
  expect(await deliveries.recordFacts(lane, 'ada', ['sent', 'delivered'])).toEqual(['sent', 'delivered']);
  expect(await deliveries.recordFacts(lane, 'ada', ['delivered', 'bounced'])).toEqual(['bounced']);
  expect(await deliveries.recordFacts(lane, 'ada', ['sent'])).toEqual([]);
  const { delivery, facts } = await deliveries.accountOf(lane, 'ada');
  expect([delivery?.status, facts.toSorted()]).toEqual(['unknown', ['bounced', 'delivered', 'sent']]);
});

test('facts come before their row, and a row that comes later leaves them', async () => {
  await deliveries.recordFacts(lane, 'early', ['delivered']);
  expect(await deliveries.accountOf(lane, 'early')).toEqual({ delivery: undefined, facts: ['delivered'] });
  await deliveries.record(lane, [row('early')]);
  expect(await deliveries.accountOf(lane, 'early')).toEqual({ delivery: row('early'), facts: ['delivered'] });
});

test('a lane’s accounts are its readers with their rows and facts', async () => {
  const own = { ...lane, shard: '2c' };
  await deliveries.record(own, [row('one'), row('two', { status: 'failed', reason: 'refused' })]);
  await deliveries.recordFacts(own, 'two', ['rejected']);
  await deliveries.recordFacts(own, 'three', ['sent']);
  expect(await deliveries.accountsOf(own)).toEqual(
    new Map([
      ['one', { delivery: row('one'), facts: [] }],
      ['three', { delivery: undefined, facts: ['sent'] }],
      ['two', { delivery: row('two', { status: 'failed', reason: 'refused' }), facts: ['rejected'] }],
    ]),
  );
});

test('rows are kept for thirteen months, so that a year can be compared with the one before', async () => {
  const Key = { editionShard: `${lane.editionId}#${lane.shard}`, recipient: 'annie' };
  const { Item } = await documents.send(new GetCommand({ TableName: tableName('deliveries'), Key }));
  const days = (Number(Item?.['expiresAt']) - Date.parse(row('annie').at) / 1_000) / 86_400;
  expect(days).toBe(396);
});
