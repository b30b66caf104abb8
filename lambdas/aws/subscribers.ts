/** The subscribers table: one row per mailbox, changed only by conditional writes. */
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { shardOf } from '../core/identity';
import { Subscriber } from '../core/subscriber';
import { documents, held } from './dynamodb';
import { tableName } from './environment';

export async function find(subscriberId: string): Promise<Subscriber | undefined> {
  const { Item } = await documents.send(
    new GetCommand({
      TableName: tableName('subscribers'),
      Key: { shard: shardOf(subscriberId), subscriberId },
      ConsistentRead: true,
    }),
  );
  return Item && Subscriber.parse(Item);
}

/** Saves only if nobody changed the subscriber since we read it; says whether it did. */
export function save(next: Subscriber, previous: Subscriber | undefined): Promise<boolean> {
  return held(
    documents.send(
      new PutCommand({
        TableName: tableName('subscribers'),
        Item: { ...next, shard: shardOf(next.subscriberId) },
        ...(previous
          ? {
              ConditionExpression: 'revision = :read',
              ExpressionAttributeValues: { ':read': previous.revision },
            }
          : { ConditionExpression: 'attribute_not_exists(subscriberId)' }),
      }),
    ),
  );
}

/**
 * The next few subscribers of a shard in key order, whatever their standing: those behind `after`, up to and with
 * `upTo` where it is given. Consistent, so an unsubscribe that was answered is seen.
 */
export async function walk(
  shard: string,
  range: { after?: string | undefined; upTo?: string | undefined },
  limit: number,
): Promise<Subscriber[]> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: tableName('subscribers'),
      ConsistentRead: true,
      Limit: limit,
      KeyConditionExpression: range.upTo
        ? '#shard = :shard AND subscriberId BETWEEN :least AND :most'
        : '#shard = :shard',
      ExpressionAttributeNames: { '#shard': 'shard' }, // a reserved word
      ExpressionAttributeValues: {
        ':shard': shard,
        ...(range.upTo && { ':least': range.after ?? '!', ':most': range.upTo }), // "!" sorts before every id
      },
      ExclusiveStartKey: range.after ? { shard, subscriberId: range.after } : undefined,
    }),
  );
  return Items.map((item) => Subscriber.parse(item));
}
