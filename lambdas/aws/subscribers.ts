/** The subscribers table: one row per mailbox, changed only by conditional writes. */
import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { shardOf } from '../core/identity';
import { Subscriber } from '../core/subscriber';
import { documents, held } from './dynamodb';
import { tableName } from './environment';

export async function find(subscriberId: string): Promise<Subscriber | undefined> {
  const item = await itemOf(subscriberId);
  return item && Subscriber.parse(item);
}

async function itemOf(subscriberId: string): Promise<Record<string, unknown> | undefined> {
  const { Item } = await documents.send(
    new GetCommand({
      TableName: tableName('subscribers'),
      Key: { shard: shardOf(subscriberId), subscriberId },
      ConsistentRead: true,
    }),
  );
  return Item;
}

/**
 * Saves only if nobody changed the subscriber since we read it; says whether it did. A write that was applied but
 * answered with a fault fails its own condition when the client tries again: then the row carries our write's name.
 */
export async function save(next: Subscriber, previous: Subscriber | undefined): Promise<boolean> {
  const writeId = randomUUID();
  const saved = await held(
    documents.send(
      new PutCommand({
        TableName: tableName('subscribers'),
        Item: { ...next, shard: shardOf(next.subscriberId), writeId },
        ...(previous
          ? {
              ConditionExpression: 'revision = :read',
              ExpressionAttributeValues: { ':read': previous.revision },
            }
          : { ConditionExpression: 'attribute_not_exists(subscriberId)' }),
      }),
    ),
  );
  return saved || (await itemOf(next.subscriberId))?.['writeId'] === writeId;
}

/** A stretch of a shard in key order: those behind `after`, up to and with `upTo` where it is given. */
export interface Stretch {
  shard: string;
  after?: string | undefined;
  upTo?: string | undefined;
}

/**
 * The next few subscribers of a stretch, whatever their standing; none means its end. Consistent, so an unsubscribe that
 * was answered is seen.
 */
export async function walk({ shard, after, upTo }: Stretch, limit: number): Promise<Subscriber[]> {
  let ExclusiveStartKey = after ? { shard, subscriberId: after } : undefined;
  for (;;) {
    const page = await documents.send(
      new QueryCommand({
        TableName: tableName('subscribers'),
        ConsistentRead: true,
        Limit: limit,
        KeyConditionExpression: `#shard = :shard${upTo ? ' AND subscriberId BETWEEN :least AND :most' : ''}`,
        ExpressionAttributeNames: { '#shard': 'shard' }, // a reserved word
        ExpressionAttributeValues: {
          ':shard': shard,
          ...(upTo && { ':least': after ?? '!', ':most': upTo }), // "!" sorts before every id
        },
        ExclusiveStartKey,
      }),
    );
    const { Items = [], LastEvaluatedKey } = page;
    // an empty page is the end only when DynamoDB says so
    if (Items.length || !LastEvaluatedKey) return Items.map((item) => Subscriber.parse(item));
    ExclusiveStartKey = LastEvaluatedKey as typeof ExclusiveStartKey;
  }
}
