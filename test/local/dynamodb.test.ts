import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import { tables } from '../../lambdas/aws/tables';
import { startDynamoDb, tableName } from '../../local/dynamodb';
import type { FarEnd } from '../../local/far-end';

let folder: string;
let database: FarEnd | undefined;
let client: DynamoDBDocumentClient | undefined;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'paperboy-test-')), 'data');
});

afterEach(async () => {
  await stop();
  await rm(join(folder, '..'), { recursive: true, force: true });
});

async function start(options: { folder?: string } = { folder }): Promise<DynamoDBDocumentClient> {
  database = await startDynamoDb(options);
  client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: database.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );
  return client;
}

async function stop(): Promise<void> {
  client?.destroy();
  await database?.close();
  client = undefined;
  database = undefined;
}

const paper = (paperId: string) => ({
  paperId,
  week: '2026-W12',
  title: `Paper ${paperId}`,
  abstract: 'x'.repeat(500),
});

async function keep(db: DynamoDBDocumentClient, from: number, to: number): Promise<void> {
  for (let first = from; first < to; first += 25) {
    const ids = Array.from({ length: 25 }, (_, place) => String(first + place));
    const puts = ids.map((id) => ({ PutRequest: { Item: paper(id) } }));
    await db.send(new BatchWriteCommand({ RequestItems: { [tableName('papers')]: puts } }));
  }
}

async function papersIn(db: DynamoDBDocumentClient): Promise<number> {
  const { Count } = await db.send(new ScanCommand({ TableName: tableName('papers'), Select: 'COUNT' }));
  return Count ?? 0;
}

/** A folder with data in a table file and in the log, as a developer has it after two sessions. */
async function twoSessions(): Promise<void> {
  await keep(await start(), 0, 100);
  await stop();
  await keep(await start(), 100, 200);
  await stop();
}

test('a developer finds every table of the schema, with its keys and its index, ready at once', async () => {
  const db = await start({});
  for (const name of Object.keys(tables) as (keyof typeof tables)[]) {
    const { Table } = await db.send(new DescribeTableCommand({ TableName: tableName(name) }));
    expect(Table?.TableStatus).toBe('ACTIVE');
    expect(Table?.KeySchema?.map((part) => part.AttributeName)).toEqual(tables[name].key);
  }
  await db.send(new PutCommand({ TableName: tableName('papers'), Item: paper('2403.00001') }));
  const { Items } = await db.send(
    new QueryCommand({
      TableName: tableName('papers'),
      IndexName: 'by-week',
      KeyConditionExpression: '#week = :week',
      ExpressionAttributeNames: { '#week': 'week' },
      ExpressionAttributeValues: { ':week': '2026-W12' },
    }),
  );
  expect(Items).toEqual([paper('2403.00001')]);
});

test('what a developer kept in a folder is there after a restart, and the folder opens again and again', async () => {
  await twoSessions();
  expect(await papersIn(await start())).toBe(200);
});

test('without a folder every start is a fresh one', async () => {
  await keep(await start({}), 0, 25);
  await stop();
  expect(await papersIn(await start({}))).toBe(0);
});

test('a client that keeps its connection open does not keep the database from closing', async () => {
  await start();
  const socket = connect(Number(new URL(database?.url ?? '').port), '127.0.0.1');
  await once(socket, 'connect');
  const gone = once(socket, 'close');
  await database?.close();
  await gone;
  expect(socket.destroyed).toBe(true);
});

/** A process of its own, where an exception that nobody catches ends it, which jest would hide. */
async function another(): Promise<{ process: ChildProcessWithoutNullStreams; url: string }> {
  const script = `require('./local/dynamodb').startDynamoDb({ folder: process.argv[1] }).then(({ url }) => console.log(url))`;
  const process = spawn(execPath, ['--import', 'tsx', '-e', script, folder], { stdio: 'pipe' });
  const [url] = (await once(process.stdout, 'data')) as [Buffer];
  return { process, url: url.toString().trim() };
}

test('a client that is killed in the middle of a request does not take the database down', async () => {
  const { process, url } = await another();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"Table');
  await sleep(50);
  socket.resetAndDestroy();
  await sleep(50);
  expect(await (await fetch(url)).text()).toContain('healthy');
  process.kill('SIGKILL');
});

test('a developer who starts a second machine on the same folder is told so, and the first goes on', async () => {
  const db = await start();
  await expect(startDynamoDb({ folder })).rejects.toThrow(/another process has it open.*Stop that process/);
  await keep(db, 0, 25);
  expect(await papersIn(db)).toBe(25);
});

test('the folder of another process is refused as well, and opens once that process was killed', async () => {
  const { process } = await another();
  await expect(startDynamoDb({ folder })).rejects.toThrow('another process has it open');
  process.kill('SIGKILL');
  await once(process, 'exit');
  await start();
  expect(await readdir(folder)).not.toContain('being-checked');
});

test('a file where the folder should be is refused', async () => {
  await writeFile(folder, 'my notes');
  await expect(startDynamoDb({ folder })).rejects.toThrow(/is a file, not a folder.*Nothing was changed/);
  expect(await readFile(folder, 'utf8')).toBe('my notes');
});

test('a folder whose tables are of another version is refused', async () => {
  const db = await start();
  const TableName = tableName('counters');
  await db.send(new DeleteTableCommand({ TableName }));
  await waitUntilTableNotExists({ client: db, maxWaitTime: 5, minDelay: 0.01, maxDelay: 0.1 }, { TableName });
  await db.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'other', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }],
    }),
  );
  await stop();
  await expect(startDynamoDb({ folder })).rejects.toMatchObject({
    message: expect.stringContaining(folder),
    cause: { message: expect.stringContaining('paperboy-counters has other keys') },
  });
});

const kinds = { CURRENT: /^CURRENT$/, MANIFEST: /^MANIFEST/, table: /\.ldb$/, log: /\.log$/ };
const harms = {
  truncated: async (file: string) => truncate(file, Math.floor((await readFile(file)).length / 2)),
  emptied: async (file: string) => truncate(file, 0),
  removed: async (file: string) => rm(file),
  garbled: async (file: string) => {
    const bytes = await readFile(file);
    const middle = Math.floor(bytes.length / 2);
    await writeFile(file, bytes.fill(0xa5, middle, Math.min(middle + 64, bytes.length)));
  },
};
const all = Object.keys(kinds).flatMap((kind) => Object.keys(harms).map((how) => [kind, how] as const));

async function harm(kind: string, how: string): Promise<{ name: string; before: Record<string, string> }> {
  const name = (await readdir(folder)).find((file) => kinds[kind as keyof typeof kinds].test(file)) ?? '';
  await harms[how as keyof typeof harms](join(folder, name));
  return { name, before: await contents() };
}

async function contents(): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('LOG'));
  return Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [name, await readFile(join(folder, name), 'base64')] as const),
    ),
  );
}

test.each(all)(
  'a folder whose %s was %s is refused in a clear sentence, and nothing in it changes',
  async (kind, how) => {
    await twoSessions();
    const { name, before } = await harm(kind, how);
    await expect(startDynamoDb({ folder })).rejects.toThrow(
      new RegExp(`is damaged .*${name}.*Nothing was changed\\. Put back a copy`),
    );
    expect(await contents()).toEqual(before);
  },
);

test('a file that somebody added is damage too', async () => {
  await twoSessions();
  await writeFile(join(folder, '000099.ldb'), 'x');
  await expect(startDynamoDb({ folder })).rejects.toThrow('a file was added');
});

/** A log that ends early is what a kill leaves behind, so LevelDB goes on with what is there. */
const afterAKill = all.filter(([kind, how]) => kind !== 'log' || how === 'garbled');

test.each(afterAKill)('after a kill, a %s that was %s is found as well', async (kind, how) => {
  await twoSessions();
  await rm(join(folder, 'SHA256SUMS'));
  const { before } = await harm(kind, how);
  await expect(startDynamoDb({ folder })).rejects.toThrow(/is damaged .*Nothing was changed/);
  expect(await contents()).toEqual(before);
});

test('after a kill, a log that ends in the middle of a write opens with what was written before', async () => {
  await twoSessions();
  await rm(join(folder, 'SHA256SUMS'));
  await harm('log', 'truncated');
  const found = await papersIn(await start());
  expect(found).toBeGreaterThanOrEqual(100);
  expect(found).toBeLessThan(200);
});

test('a copy that was put back opens', async () => {
  await twoSessions();
  await cp(folder, `${folder}-copy`, { recursive: true });
  await harm('log', 'garbled');
  await rm(folder, { recursive: true });
  await cp(`${folder}-copy`, folder, { recursive: true });
  expect(await papersIn(await start())).toBe(200);
});
