/** The deliveries table: what the sender did for each reader of an edition. Only the sender writes these rows. */
import { BatchWriteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { setTimeout as pause } from 'node:timers/promises';
import { Delivery } from '../core/delivery';
import type { LaneMessage } from '../core/edition';
import { documents, held } from './dynamodb';
import { tableName } from './environment';

/** 13 months, so that a year can be compared with the one before. */
const KEPT_SECONDS = 396 * 86_400;
const ATTEMPTS = 8;

const itemOf = ({ editionId, shard }: LaneMessage, delivery: Delivery) => ({
  ...delivery,
  editionShard: `${editionId}#${shard}`,
  recipient: delivery.subscriberId,
  expiresAt: Math.floor(Date.parse(delivery.at) / 1000) + KEPT_SECONDS,
});

/** Writes a group's rows, at most 25; what DynamoDB puts off is tried again, and failing that, loudly. */
export async function record(lane: LaneMessage, deliveries: readonly Delivery[]): Promise<void> {
  const table = tableName('deliveries');
  let requests = deliveries.map((delivery) => ({ PutRequest: { Item: itemOf(lane, delivery) } }));
  for (let attempt = 1; requests.length; attempt++) {
    const { UnprocessedItems } = await documents.send(
      new BatchWriteCommand({ RequestItems: { [table]: requests } }),
    );
    requests = (UnprocessedItems?.[table] ?? []) as typeof requests;
    if (requests.length && attempt === ATTEMPTS)
      throw new Error(`Can't record ${requests.length} deliveries`);
    if (requests.length) await pause(Math.random() * 50 * 2 ** attempt);
  }
}

/** Marks a reader whose attempt left no trace, unless the trace came meanwhile; says whether it did. */
export function recordUnknown(lane: LaneMessage, delivery: Delivery): Promise<boolean> {
  return held(
    documents.send(
      new PutCommand({
        TableName: tableName('deliveries'),
        Item: itemOf(lane, delivery),
        ConditionExpression: 'attribute_not_exists(recipient)',
      }),
    ),
  );
}

export async function find(lane: LaneMessage, subscriberId: string): Promise<Delivery | undefined> {
  const Key = { editionShard: `${lane.editionId}#${lane.shard}`, recipient: subscriberId };
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName('deliveries'), Key, ConsistentRead: true }),
  );
  return Item && Delivery.parse(Item);
}

/** All rows of a lane. */
export async function ofLane({ editionId, shard }: LaneMessage): Promise<Delivery[]> {
  const rows: Delivery[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new QueryCommand({
        TableName: tableName('deliveries'),
        ConsistentRead: true,
        KeyConditionExpression: 'editionShard = :lane',
        ExpressionAttributeValues: { ':lane': `${editionId}#${shard}` },
        ExclusiveStartKey,
      }),
    );
    rows.push(...(page.Items ?? []).map((item) => Delivery.parse(item)));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return rows;
}
