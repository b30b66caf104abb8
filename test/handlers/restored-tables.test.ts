/** Tables restored to a moment of days ago, when an edition was half sent: nobody is mailed until the operator says so. */
import { BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../../lambdas/aws/dynamodb';
import * as editions from '../../lambdas/aws/editions';
import { tables, type TableName, tableVariable } from '../../lambdas/aws/tables';
import { freezeDate, startWorld, type World } from '../world';
import { paperboy } from '../cli/paperboy';

const EDITION = 'weekly-2025-W11';

let world: World;
/** Messages are handed over by hand, to have an edition half sent. */
beforeAll(async () => {
  world = await startWorld({ everyLane: true, newsletter: { sending: { lateHours: 36 } }, queues: [] });
});
afterAll(() => world.close());

interface Row {
  [field: string]: unknown;
}

const tableOf = (name: TableName): string => world.machine.environment[tableVariable(name)] ?? '';

async function rowsOf(name: TableName): Promise<Row[]> {
  const { Items = [], LastEvaluatedKey } = await documents.send(
    new ScanCommand({ TableName: tableOf(name) }),
  );
  expect(LastEvaluatedKey).toBeUndefined();
  return Items;
}

/** As after a restore: the rows of then, and none that came since. */
async function putBack(name: TableName, rows: readonly Row[]): Promise<void> {
  const keyOf = (row: Row): string => JSON.stringify(tables[name].key.map((field) => row[field]));
  const kept = new Set(rows.map(keyOf));
  const gone = (await rowsOf(name)).filter((row) => !kept.has(keyOf(row)));
  const changes = [
    ...rows.map((Item) => ({ PutRequest: { Item } })),
    ...gone.map((row) => ({
      DeleteRequest: { Key: Object.fromEntries(tables[name].key.map((field) => [field, row[field]])) },
    })),
  ];
  for (let n = 0; n < changes.length; n += 25)
    await documents.send(
      new BatchWriteCommand({ RequestItems: { [tableOf(name)]: changes.slice(n, n + 25) } }),
    );
}

const walk = (...shards: string[]): Promise<unknown> =>
  world.hears('send-digest', ...shards.map((shard) => ({ editionId: EDITION, shard })));

/** All that opens a sender by itself: the quarter-hourly run, and messages that came late. */
async function everythingOpens(): Promise<void> {
  await world.machine.invoke('settle-edition', {});
  await walk('00', '01');
}

test('who had it since keeps one copy, and nobody gets another, until the operator resumes the edition', async () => {
  freezeDate('2025-03-17T07:00:00Z');
  await world.papersOn('2025-03-11', 3);
  const readers = [...(await world.matesIn('00', 1)), ...(await world.matesIn('01', 1))];
  await world.sendsEdition('2025-W11');
  await walk('00');
  const names = ['subscribers', 'editions', 'deliveries'] as const;
  const then = await Promise.all(names.map(rowsOf));
  expect(await world.copiesOf(EDITION, readers)).toEqual([1, 0]);
  await walk('01');
  expect(await world.copiesOf(EDITION, readers)).toEqual([1, 1]);

  freezeDate('2025-03-20T09:00:00Z');
  for (const [n, name] of names.entries()) await putBack(name, then[n] ?? []);
  expect(await editions.find(EDITION)).toMatchObject({ status: 'sending' });
  await everythingOpens();
  await everythingOpens();
  expect(await world.copiesOf(EDITION, readers)).toEqual([1, 1]);
  expect(await editions.find(EDITION)).toMatchObject({
    status: 'paused',
    reason: 'it is later than lateHours allows',
  });

  expect((await paperboy(world, 'editions', 'resume', EDITION)).code).toBe(0);
  await walk('00', '01');
  expect(await world.copiesOf(EDITION, readers)).toEqual([1, 2]); // the restored rows don't know of the first
});
