/** The deliveries table: what the sender did for each reader of an edition. Only the sender writes these rows. */
import {
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';
import { Delivery } from '../core/delivery';
import type { Account } from '../core/books';
import type { LaneMessage } from '../core/edition';
import { Fact } from '../core/feedback';
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
  const item = await itemAt(lane, subscriberId);
  return item && Delivery.parse(item);
}

/** All that is known of one reader of an edition. Not consistent: for a look back. */
export async function accountOf(lane: LaneMessage, subscriberId: string): Promise<Account> {
  const [delivery, feedback] = await Promise.all([
    itemAt(lane, subscriberId, false),
    itemAt(lane, `${subscriberId}${FEEDBACK}`, false),
  ]);
  const facts = z.array(Fact).parse([...((feedback?.['facts'] ?? []) as Iterable<unknown>)]);
  return { delivery: delivery && Delivery.parse(delivery), facts };
}

/** Whether the sender says itself that SES took the mail. Perhaps not yet when it does: the read costs half as much. */
export async function isSent(lane: LaneMessage, subscriberId: string): Promise<boolean> {
  return (await itemAt(lane, subscriberId, false))?.['status'] === 'sent';
}

async function itemAt(
  { editionId, shard }: LaneMessage,
  recipient: string,
  ConsistentRead = true,
): Promise<Record<string, unknown> | undefined> {
  const Key = { editionShard: `${editionId}#${shard}`, recipient };
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName('deliveries'), Key, ConsistentRead }),
  );
  return Item;
}

/**
 * Puts a row in the place of one that has this standing after as many attempts; says whether it had. A write that was
 * applied but answered with a fault fails its own condition when the client tries again: then the row carries its name.
 */
export async function change(
  lane: LaneMessage,
  from: Pick<Delivery, 'status' | 'attempt'>,
  to: Delivery,
): Promise<boolean> {
  const writeId = randomUUID();
  const written = await held(
    documents.send(
      new PutCommand({
        TableName: tableName('deliveries'),
        Item: { ...itemOf(lane, to), writeId },
        ConditionExpression: '#status = :status AND #attempt = :attempt',
        ExpressionAttributeNames: { '#status': 'status', '#attempt': 'attempt' },
        ExpressionAttributeValues: { ':status': from.status, ':attempt': from.attempt },
      }),
    ),
  );
  return written || (await itemAt(lane, to.subscriberId))?.['writeId'] === writeId;
}

const FEEDBACK = '#feedback';

/** Adds facts beside the sender's row, in an item of their own; answers which of them are new. */
export async function recordFacts(
  lane: LaneMessage,
  subscriberId: string,
  facts: readonly Fact[],
): Promise<Fact[]> {
  const { Attributes } = await documents.send(
    new UpdateCommand({
      TableName: tableName('deliveries'),
      Key: { editionShard: `${lane.editionId}#${lane.shard}`, recipient: `${subscriberId}${FEEDBACK}` },
      UpdateExpression: 'ADD facts :facts SET expiresAt = if_not_exists(expiresAt, :end)',
      ExpressionAttributeValues: {
        ':facts': new Set(facts),
        ':end': Math.floor(Date.now() / 1000) + KEPT_SECONDS,
      },
      ReturnValues: 'UPDATED_OLD',
    }),
  );
  const known = (Attributes?.['facts'] ?? new Set<string>()) as Set<string>;
  return facts.filter((fact) => !known.has(fact));
}

/** All that is known of a lane's readers, by subscriber id. */
export async function accountsOf(lane: LaneMessage): Promise<Map<string, Account>> {
  const accounts = new Map<string, { delivery: Delivery | undefined; facts: readonly Fact[] }>();
  for (const item of await itemsOf(lane)) {
    const [subscriberId = '', feedback] = String(item['recipient']).split('#');
    const account = accounts.get(subscriberId) ?? { delivery: undefined, facts: [] };
    if (feedback) account.facts = z.array(Fact).parse([...(item['facts'] as Set<string>)]);
    else account.delivery = Delivery.parse(item);
    accounts.set(subscriberId, account);
  }
  return accounts;
}

async function itemsOf({ editionId, shard }: LaneMessage): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
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
    rows.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return rows;
}
