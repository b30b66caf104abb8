/** The deliveries table: a batch of rows that DynamoDB puts off, in part or for ever. */
import { asked } from '../../bench/faults-dynamodb';
import { startProxy, text, type Answer, type Call, type Reaction } from '../../bench/faults-proxy';
import * as deliveries from '../../lambdas/aws/deliveries';
import { documents } from '../../lambdas/aws/dynamodb';
import { tableVariable } from '../../lambdas/aws/tables';
import type { Delivery } from '../../lambdas/core/delivery';
import { startDynamoDb, tableName } from '../../local/dynamodb';
import type { FarEnd } from '../../local/far-end';

const TABLE = tableName('deliveries');
const lane = { editionId: 'weekly-2025-W11', shard: '00' };
const rows = Array.from({ length: 25 }, (_, n): Delivery => {
  const subscriberId = `reader${String(n).padStart(2, '0')}`;
  return { subscriberId, status: 'sent', attempt: 1, at: '2025-03-17T07:00:00.000Z' };
});

let database: FarEnd;
let proxy: FarEnd;
/** How many rows each batch asked for, and what DynamoDB does with a batch. */
let batches: number[] = [];
let meets: (call: Call, requests: unknown[]) => Promise<Reaction>;

beforeAll(async () => {
  database = await startDynamoDb();
  proxy = await startProxy(database.url, async (call) => {
    const { action, input } = asked(call);
    if (action !== 'BatchWriteItem') return call.forward();
    const requests = (input['RequestItems'] as Record<string, unknown[]>)[TABLE] ?? [];
    batches.push(requests.length);
    return batches.length > 50 ? { none: true } : meets(call, requests); // whoever never gives up shall end too
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: proxy.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    [tableVariable('deliveries')]: TABLE,
  });
});
beforeEach(() => {
  batches = [];
  jest.spyOn(Math, 'random').mockReturnValue(0); // the pauses between two tries
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  documents.destroy();
  await proxy.close();
  await database.close();
});

const putOff = (requests: unknown[]): Answer =>
  text(200, JSON.stringify({ UnprocessedItems: { [TABLE]: requests } }), 'application/x-amz-json-1.0');

const recorded = async (): Promise<string[]> => [...(await deliveries.accountsOf(lane)).keys()].toSorted();

test('rows that DynamoDB puts off for ever are tried a few times, and then their sender hears of it', async () => {
  meets = async (_, requests) => putOff(requests);
  await expect(deliveries.record(lane, rows)).rejects.toThrow("Can't record 25 deliveries");
  expect(batches).toEqual(Array.from({ length: 8 }, () => 25));
  expect(await recorded()).toEqual([]);
});

test('of rows that DynamoDB hands back once nobody’s is lost, and only those are asked for again', async () => {
  meets = async (call, requests) => {
    if (batches.length > 1) return call.forward();
    await call.forward(Buffer.from(JSON.stringify({ RequestItems: { [TABLE]: requests.slice(0, 12) } })));
    return putOff(requests.slice(12));
  };
  await deliveries.record(lane, rows);
  expect(batches).toEqual([25, 13]);
  expect(await recorded()).toEqual(rows.map(({ subscriberId }) => subscriberId));
});
