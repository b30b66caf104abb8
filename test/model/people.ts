/** Who lives in the model test: nine readers to be, and beside them some to whom nothing happens. */
import { BatchWriteCommand, ScanCommand, type BatchWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { documents } from '../../lambdas/aws/dynamodb';
import { tableName } from '../../lambdas/aws/environment';
import type { Address } from '../../lambdas/core/address';
import { shardOf, shards } from '../../lambdas/core/identity';

export interface Person {
  address: Address;
  id: string;
  shard: string;
}

/** How many of the people do and suffer something; they come first. */
export const ACTORS = 9;
/** How many lanes things happen in. */
export const LANES = 6;

/**
 * A lane of two groups with three of the nine in it, small ones with the others, and one that nothing happens to, so that
 * SES always has something to report of the edition.
 */
export async function castPeople(idOf: (address: string) => Promise<string>) {
  const lanes = await lanesOf([11, 2, 2, 2, 2, 2, 1], idOf);
  const [large = [], two = [], ...small] = lanes;
  const actors = [large[1], large[6], large[10], ...two, ...small.map(([, second]) => second)];
  const people = [...actors, ...lanes.flat()].flatMap((person) => person ?? []);
  return { people: [...new Set(people)], shards: lanes.flatMap(([person]) => person?.shard ?? []) };
}

/** Lanes with so many people each, in the order of their ids: found by trying names. */
async function lanesOf(
  sizes: readonly number[],
  idOf: (address: string) => Promise<string>,
): Promise<Person[][]> {
  const lanes = sizes.map((): Person[] => []);
  for (let n = 0; lanes.some((lane, nth) => lane.length < (sizes[nth] ?? 0)); n++) {
    const address = `reader${n}@example.org` as Address;
    const id = await idOf(address);
    const nth = shards.indexOf(shardOf(id));
    if ((lanes[nth]?.length ?? 0) < (sizes[nth] ?? 0)) lanes[nth]?.push({ address, id, shard: shardOf(id) });
  }
  return lanes.map((lane) => lane.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
}

/** Nobody is in the table but these, who are readers since now. */
export async function enlist(readers: readonly Person[]): Promise<void> {
  const now = new Date().toISOString();
  const row = {
    status: 'active',
    cadence: 'weekly',
    consent: { askedAt: now, confirmedAt: now },
    revision: 1,
  };
  await write(
    [...(await standings()).keys()].map((subscriberId) => ({
      DeleteRequest: { Key: { shard: shardOf(subscriberId), subscriberId } },
    })),
  );
  await write(
    readers.map(({ id: subscriberId, shard, address }) => ({
      PutRequest: { Item: { ...row, subscriberId, shard, address } },
    })),
  );
}

/** Of all who are in the table, by id. */
export async function standings(): Promise<Map<string, string>> {
  const { Items = [] } = await documents.send(
    new ScanCommand({
      TableName: tableName('subscribers'),
      ConsistentRead: true,
      ProjectionExpression: 'subscriberId, #status',
      ExpressionAttributeNames: { '#status': 'status' },
    }),
  );
  return new Map(Items.map((item) => [String(item['subscriberId']), String(item['status'])]));
}

/** At most 25. */
async function write(requests: NonNullable<BatchWriteCommandInput['RequestItems']>[string]): Promise<void> {
  const RequestItems = { [tableName('subscribers')]: requests };
  if (requests.length) await documents.send(new BatchWriteCommand({ RequestItems }));
}
