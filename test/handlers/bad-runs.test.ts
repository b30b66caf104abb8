/** Late schedules, doubled messages, and DynamoDB at its least helpful, met by builder and sender. */
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asked, type Asked } from '../../bench/faults-dynamodb';
import { startProxy, text, type Answer } from '../../bench/faults-proxy';
import * as editions from '../../lambdas/aws/editions';
import * as lanes from '../../lambdas/aws/lanes';
import * as papers from '../../lambdas/aws/papers';
import { tables } from '../../lambdas/aws/tables';
import { sign } from '../../lambdas/core/identity';
import { tableName } from '../../local/dynamodb';
import type { FarEnd } from '../../local/far-end';
import { linkIn, pressButton } from '../../local/reader';
import { aPaper, freezeDate, startWorld, type World } from '../world';

let world: World;
let proxy: FarEnd;
/** What a call meets on its way to DynamoDB; undefined lets it through. */
let meets: (asked: Asked) => Promise<undefined> | Answer | undefined = () => undefined;

beforeAll(async () => {
  const often = { cron: '55 23 ? * MON-FRI *', papers: 20 };
  world = await startWorld({
    everyLane: true,
    queues: ['joins'],
    newsletter: { cadences: { weekly: often, daily: often } },
  });
  const { AWS_ENDPOINT_URL_DYNAMODB: url = '' } = world.machine.environment;
  proxy = await startProxy(url, async (call) => (await meets(asked(call))) ?? call.forward());
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = proxy.url;
});
afterEach(async () => {
  meets = () => undefined;
  jest.useRealTimers();
  jest.restoreAllMocks();
  for (const { editionId } of await editions.newest(10))
    await editions.change(editionId, ['sending', 'paused'], { status: 'cancelled' }); // or the next one waits for it
});
afterAll(async () => {
  await proxy.close();
  await world.close();
});

const build = async (): Promise<string> => (await world.sendsEdition(await world.weekWithPapers())).editionId;
const walk = (editionId: string, shard: string): Promise<unknown> =>
  world.hears('send-digest', { editionId, shard });
const well = { batchItemFailures: [] };
const comesBack = { batchItemFailures: [{ itemIdentifier: 'm0' }] };
const later = (minutes: number): void => freezeDate(new Date(Date.now() + minutes * 60_000).toISOString());
const answers = (status: number, body: object): Answer =>
  text(status, JSON.stringify(body), 'application/x-amz-json-1.0');

/** Such as no packing makes small. */
const noise = (): string =>
  String.fromCodePoint(...Array.from({ length: 19_000 }, () => randomInt(0x4e00, 0x9f00)));

/** Files of the code that ships which say something. */
function saying(words: RegExp): string[] {
  const folder = join(__dirname, '..', '..', 'lambdas');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && words.test(readFileSync(join(folder, name), 'utf8')),
  );
}

test('a schedule that fires after midnight builds the edition of the day it was due', async () => {
  for (const day of ['2025-03-14', '2025-03-17']) await world.papersOn(day, 1); // Friday, Monday
  freezeDate('2025-03-18T00:05:00Z');
  const due = { cadence: 'daily', scheduledTime: '2025-03-17T23:55:00.000Z' };
  expect(await world.machine.invoke('build-digest', due)).toMatchObject({ editionId: 'daily-2025-03-14' });
});

test('a message that comes twice at once, and again later, makes one copy for each reader', async () => {
  const readers = await world.matesIn('01', 3);
  const editionId = await build();
  await Promise.all([walk(editionId, '01'), walk(editionId, '01')]);
  await walk(editionId, '01');
  expect(await world.copiesOf(editionId, readers)).toEqual(readers.map(() => 1));
});

test('lanes may be walked in any order', async () => {
  const readers = [...(await world.matesIn('02', 1)), ...(await world.matesIn('3f', 1))];
  const editionId = await build();
  for (const shard of ['3f', '02']) await walk(editionId, shard);
  const walked = [...(await lanes.ofEdition(editionId))].map(([shard, { status }]) => `${shard} ${status}`);
  expect(walked).toEqual(['02 done', '3f done']);
  expect(await world.copiesOf(editionId, readers)).toEqual(readers.map(() => 1));
});

test('who leaves after a sender has read the group, and before it sends, gets nothing', async () => {
  const readers = await world.matesIn('04', 10);
  const leaver = readers.at(-1) ?? '';
  const editionId = await build();
  const path = `/unsubscribe/${sign(await world.keys(), 'one-click', await world.idOf(leaver))}`;
  let left: ReturnType<World['posts']> | undefined;
  // a sender claims the group that it has read
  meets = async ({ action, input }) => {
    const claims = action === 'UpdateItem' && /claimedTo/.test(JSON.stringify(input));
    return void (claims && (await (left ??= world.posts(path, { 'List-Unsubscribe': 'One-Click' }))));
  };
  expect(await walk(editionId, '04')).toEqual(well);
  expect(await left).toMatchObject({ status: 200 });
  expect(await world.copiesOf(editionId, readers)).toEqual([...readers.slice(1).map(() => 1), 0]);
  expect(await world.rowOf(editionId, leaver)).toMatchObject({ status: 'skipped', reason: 'unsubscribed' });
});

test('an invitation that is out of date is refused, though its row is still there', async () => {
  const slow = 'slow@example.org';
  freezeDate('2025-03-10T12:00:00Z');
  for (let times = 0; times < 4; times++) await world.subscribes(slow);
  const invitations = await world.inboxOf(slow);
  expect(invitations).toHaveLength(3); // a day
  freezeDate('2025-03-14T11:00:00Z'); // 48 and 47 hours later; nothing was deleted
  expect(await pressButton(linkIn(invitations[0], '/confirm'))).toContain('no longer works');
  expect(await world.subscriber(slow)).toMatchObject({ status: 'pending' });
  await world.subscribes(slow);
  expect(await world.inboxOf(slow)).toHaveLength(4);
});

test('who is written to is read from the table itself, and never from a copy that may be late', async () => {
  const [reader = ''] = await world.matesIn('05', 1);
  const editionId = await build(); // which only counts readers
  const reads: Record<string, unknown>[] = [];
  meets = ({ action, input }) =>
    void (/Get|Query|Scan/.test(action) && /subscribers/.test(JSON.stringify(input)) && reads.push(input));
  await walk(editionId, '05');
  await world.subscribes(reader);
  expect(reads.length).toBeGreaterThan(1);
  expect(reads.filter((read) => read['ConsistentRead'] !== true || 'IndexName' in read)).toEqual([]);
  expect(tables.subscribers).not.toHaveProperty('index');
});

test('a write that meets another one comes back with its message, and nobody is mailed meanwhile', async () => {
  expect(saying(/Transact(Get|Write)|ExecuteTransaction/)).toEqual([]);
  const readers = await world.matesIn('06', 3);
  const editionId = await build();
  const type = 'com.amazonaws.dynamodb.v20120810#TransactionConflictException';
  meets = ({ action }) => (action === 'UpdateItem' ? answers(400, { __type: type }) : undefined);
  expect(await walk(editionId, '06')).toEqual(comesBack);
  expect(await world.copiesOf(editionId, readers)).toEqual(readers.map(() => 0));
  meets = () => undefined;
  expect(await walk(editionId, '06')).toEqual(well);
  expect(await world.copiesOf(editionId, readers)).toEqual(readers.map(() => 1));
});

test('no token of a request makes a write safe: conditions do, however late it comes again', async () => {
  expect(saying(/ClientRequestToken/)).toEqual([]);
  const [address = ''] = await world.matesIn('07', 1);
  later(11);
  await world.matesIn('07', 1, { status: 'pending' }); // the same row written again
  expect(await world.subscriber(address)).toMatchObject({ status: 'active' });
});

test('rows that DynamoDB keeps handing back are given up in the end, and their readers are unknown', async () => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // the pauses between two tries
  const readers = await world.matesIn('08', 10);
  const editionId = await build();
  let tries = 0;
  meets = ({ action, input }) =>
    action === 'BatchWriteItem' && ++tries < 50
      ? answers(200, { UnprocessedItems: input['RequestItems'] })
      : undefined;
  expect(await walk(editionId, '08')).toEqual(comesBack);
  meets = () => undefined;
  later(10); // the lane is free again
  expect(await walk(editionId, '08')).toEqual(well);
  const rows = await Promise.all(readers.map((address) => world.rowOf(editionId, address)));
  expect(rows.map((row) => row?.status)).toEqual(readers.map(() => 'unknown'));
  expect(await world.copiesOf(editionId, readers)).toEqual(readers.map(() => 1));
});

test('pages of a query that hold nobody are turned, too', async () => {
  const readers = await world.matesIn('09', 12);
  const editionId = await build();
  const LastEvaluatedKey = { shard: { S: '09' }, subscriberId: { S: '!' } }; // before everybody
  let pages = 0;
  meets = ({ action, input }) =>
    action === 'Query' && input['TableName'] === tableName('subscribers') && ++pages <= 3
      ? answers(200, { Items: [], Count: 0, ScannedCount: 10, LastEvaluatedKey })
      : undefined;
  expect(await walk(editionId, '09')).toEqual(well);
  expect(pages).toBeGreaterThan(3);
  expect(await world.copiesOf(editionId, readers)).toEqual(readers.map(() => 1));
});

test('an edition of more than one row can hold is kept in several', async () => {
  await world.matesIn('0a', 1);
  for (let n = 0; n < 20; n++) await papers.save({ ...aPaper('2025-02-04', n, 20 - n), abstract: noise() });
  const sizes: number[] = [];
  meets = ({ input }) => {
    const { bytes } = (input['Item'] ?? {}) as { bytes?: { B: string } };
    return void (bytes && sizes.push(Buffer.byteLength(bytes.B, 'base64')));
  };
  const { editionId } = await world.sendsEdition('2025-W06');
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(400_000);
  expect(Math.max(...sizes)).toBeLessThan(399_000);
  expect((await world.opens(`/editions/${editionId}`)).text).toContain('Paper 1 of 2025-02-04');
});
