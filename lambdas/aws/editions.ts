/** The editions table, parts `edition` and `content#…`, and the list of all editions under the id `all`. */
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Content, Edition } from '../core/edition';
import { documents, held } from './dynamodb';
import { tableName } from './environment';

/** Bytes: an item may have 400 KB, and its keys count. */
const PART_BYTES = 350_000;
const ALL = 'all';

export async function find(editionId: string): Promise<Edition | undefined> {
  const { Item } = await documents.send(
    new GetCommand({
      TableName: tableName('editions'),
      Key: { editionId, part: 'edition' },
      ConsistentRead: true,
    }),
  );
  return Item && Edition.parse(Item);
}

/**
 * Keeps content under its own hash, so that builders of the same edition can't mix theirs, and before the edition that
 * names it, so that an edition which can be found is complete.
 */
export async function saveContent(editionId: string, content: Content): Promise<Edition['content']> {
  const bytes = gzipSync(JSON.stringify(content));
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const parts = Math.ceil(bytes.length / PART_BYTES);
  for (let n = 0; n < parts; n++) {
    const Item = {
      editionId,
      part: `content#${hash}#${n}`,
      bytes: bytes.subarray(n * PART_BYTES, (n + 1) * PART_BYTES),
    };
    await documents.send(new PutCommand({ TableName: tableName('editions'), Item }));
  }
  return { hash, parts };
}

/** Freezes an edition; says whether we were the first. */
export function create(edition: Edition): Promise<boolean> {
  return held(
    documents.send(
      new PutCommand({
        TableName: tableName('editions'),
        Item: { ...edition, part: 'edition' },
        ConditionExpression: 'attribute_not_exists(editionId)',
      }),
    ),
  );
}

/** The edition joins the list of all; doing it twice changes nothing. */
export async function list({ editionId, cadence, title, scheduledFor }: Edition): Promise<void> {
  const Item = { editionId: ALL, part: `${scheduledFor}#${editionId}`, cadence, title };
  await documents.send(new PutCommand({ TableName: tableName('editions'), Item }));
}

export const markQueued = (editionId: string, now: Date): Promise<void> => mark(editionId, 'queuedAt', now);

export const markDone = (editionId: string, now: Date): Promise<void> => mark(editionId, 'doneAt', now);

/** The first time counts. */
async function mark(editionId: string, field: 'queuedAt' | 'doneAt', now: Date): Promise<void> {
  await documents.send(
    new UpdateCommand({
      TableName: tableName('editions'),
      Key: { editionId, part: 'edition' },
      UpdateExpression: 'SET #field = if_not_exists(#field, :now)',
      ConditionExpression: 'attribute_exists(editionId)',
      ExpressionAttributeNames: { '#field': field },
      ExpressionAttributeValues: { ':now': now.toISOString() },
    }),
  );
}

export interface Listing {
  editionId: string;
  title: string;
}

/** Editions that went out, newest first. */
export async function newest(limit: number): Promise<Listing[]> {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: tableName('editions'),
      KeyConditionExpression: 'editionId = :all',
      ExpressionAttributeValues: { ':all': ALL },
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  return Items.map((item) => {
    const [, editionId = ''] = String(item['part']).split('#');
    return { editionId, title: String(item['title']) };
  });
}

/** The last content read: a sender works through many lanes of one edition. */
let known: { hash: string; content: Content } | undefined;

export async function contentOf({ editionId, content: { hash, parts } }: Edition): Promise<Content> {
  if (known?.hash !== hash) {
    const read = await Promise.all(
      Array.from({ length: parts }, (_, n) => partOf(editionId, `content#${hash}#${n}`)),
    );
    const text = gunzipSync(Buffer.concat(read)).toString();
    known = { hash, content: Content.parse(JSON.parse(text)) };
  }
  return known.content;
}

async function partOf(editionId: string, part: string): Promise<Uint8Array> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName('editions'), Key: { editionId, part }, ConsistentRead: true }),
  );
  if (!(Item?.['bytes'] instanceof Uint8Array))
    throw new Error(`Can't read ${part} of edition ${editionId}: it is missing`);
  return Item['bytes'];
}
