/** DynamoDB on this machine: dynalite with the tables of lambdas/aws/tables.ts, in a folder or in memory. */
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import dynalite from 'dynalite';
import * as z from 'zod';
import { type Table, type TableName, tables } from '../lambdas/aws/tables';
import { call } from './aws-json';
import { checkFolder, sealFolder } from './data-folder';
import type { FarEnd } from './far-end';
import { close, listen } from './loopback';

const names = Object.keys(tables) as TableName[];

const KeySchema = z
  .array(z.object({ AttributeName: z.string() }))
  .transform((parts) => parts.map((part) => part.AttributeName));
const Described = z.object({
  Table: z.object({
    TableStatus: z.string(),
    KeySchema,
    GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string(), KeySchema })).default([]),
  }),
});

/** The table's name on this machine. */
export const tableName = (table: TableName): string => `paperboy-${table}`;

/**
 * Starts DynamoDB and makes the tables it does not have yet. With a folder the data is there at the next start.
 * @throws Error where the folder can't be opened or its data is damaged; nothing in it has been changed then
 */
export async function startDynamoDb({ folder }: { folder?: string } = {}): Promise<FarEnd> {
  if (folder !== undefined) await checkFolder(folder);
  const server = dynalite({
    ...(folder !== undefined && { path: folder }),
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
  });
  outliveItsClients(server);
  const stop = async () => {
    await close(server);
    if (folder !== undefined) await sealFolder(folder);
  };
  const url = await listen(server);
  try {
    await Promise.all(names.map((name) => provide(url, tableName(name), tables[name])));
  } catch (cause) {
    await stop();
    throw new Error(`Can't make the tables of the local DynamoDB${folder ? ` in ${folder}` : ''}`, { cause });
  }
  return { url, close: stop };
}

/** dynalite throws where nobody can catch it when a client breaks off in the middle of a request. */
function outliveItsClients(server: Server): void {
  server.on('request', (request) => request.removeAllListeners('error').on('error', () => request.destroy()));
}

async function provide(url: string, name: string, table: Table): Promise<void> {
  const found = await describe(url, name);
  if (!found) {
    await call(url, 'DynamoDB_20120810.CreateTable', definition(name, table), z.unknown());
  } else if (keysOf(found) !== JSON.stringify([table.key, table.index?.key])) {
    throw new Error(
      `${name} has other keys: its data is of another version. Move the folder away to start afresh.`,
    );
  }
  await active(url, name);
}

async function describe(url: string, name: string) {
  try {
    return (await call(url, 'DynamoDB_20120810.DescribeTable', { TableName: name }, Described)).Table;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

function definition(name: string, { key, index }: Table) {
  const attributes = [...new Set([...key, ...(index?.key ?? [])])];
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributes.map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' })),
    KeySchema: keySchema(key),
    ...(index && {
      GlobalSecondaryIndexes: [
        { IndexName: index.name, KeySchema: keySchema(index.key), Projection: { ProjectionType: 'ALL' } },
      ],
    }),
  };
}

const keySchema = (key: readonly string[]) =>
  key.map((attribute, place) => ({ AttributeName: attribute, KeyType: place === 0 ? 'HASH' : 'RANGE' }));

function keysOf({
  KeySchema: key,
  GlobalSecondaryIndexes: [index],
}: z.infer<typeof Described>['Table']): string {
  return JSON.stringify([key, index?.KeySchema]);
}

/** A table that was being made when the process was killed never becomes active. */
async function active(url: string, name: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if ((await describe(url, name))?.TableStatus === 'ACTIVE') return;
    await sleep(10);
  }
  throw new Error(`${name} was never finished. Move the folder away to start afresh.`);
}
