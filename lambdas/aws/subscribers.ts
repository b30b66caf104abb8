/** The subscribers table: one row per mailbox, changed only by conditional writes. */
import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Cadence } from '../core/cadences';
import { shardOf, shards } from '../core/identity';
import { SavedSearches } from '../core/saved-searches';
import { stored, Subscriber } from '../core/subscriber';
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
        Item: { ...stored(next), shard: shardOf(next.subscriberId), writeId },
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

/** Who an edition is for, counted: its readers, and how many of them saved each search. */
export interface Audience {
  readers: number;
  searches: Map<string, number>;
  /** The readers' own time zones. */
  zones: Set<string>;
}

/** Different searches that are counted; with more, memory would grow with the number of readers. */
const MOST_SEARCHES_COUNTED = 50_000;

/** Shards read at a time: connections are shared with whatever else goes on. */
const AT_ONCE = 16;

/**
 * The readers of a cadence. Not consistent, which costs half: who counts is asked again when it is sent.
 */
export async function audienceOf(cadence: Cadence): Promise<Audience> {
  const audience: Audience = { readers: 0, searches: new Map(), zones: new Set() };
  for (let n = 0; n < shards.length; n += AT_ONCE)
    await Promise.all(shards.slice(n, n + AT_ONCE).map((shard) => countShard(shard, cadence, audience)));
  return audience;
}

async function countShard(shard: string, cadence: Cadence, audience: Audience): Promise<void> {
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new QueryCommand({
        TableName: tableName('subscribers'),
        KeyConditionExpression: '#shard = :shard',
        FilterExpression: '#status = :active AND cadence = :cadence',
        ProjectionExpression: 'searches, #zone',
        ExpressionAttributeNames: { '#shard': 'shard', '#status': 'status', '#zone': 'zone' },
        ExpressionAttributeValues: { ':shard': shard, ':active': 'active', ':cadence': cadence },
        ExclusiveStartKey,
      }),
    );
    for (const { searches, zone } of page.Items ?? []) {
      count(audience, z.optional(SavedSearches).parse(searches));
      if (typeof zone === 'string') audience.zones.add(zone);
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}

function count(audience: Audience, saved: SavedSearches = []): void {
  audience.readers++;
  for (const { text, until } of saved) {
    const known = audience.searches.get(text);
    if (!until && (known || audience.searches.size < MOST_SEARCHES_COUNTED))
      audience.searches.set(text, (known ?? 0) + 1);
  }
}
