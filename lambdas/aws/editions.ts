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

/** All lanes are queued: the edition joins the list of all. Doing it twice changes nothing. */
export async function markQueued(edition: Edition, now: Date): Promise<void> {
  const { editionId, cadence, title, cutoff } = edition;
  const TableName = tableName('editions');
  const Item = { editionId: ALL, part: `${cutoff}#${editionId}`, cadence, title };
  await documents.send(new PutCommand({ TableName, Item }));
  await documents.send(
    new UpdateCommand({
      TableName,
      Key: { editionId, part: 'edition' },
      UpdateExpression: 'SET queuedAt = if_not_exists(queuedAt, :now)',
      ExpressionAttributeValues: { ':now': now.toISOString() },
    }),
  );
}

export interface Listing {
  editionId: string;
  title: string;
  /** When it was due, ISO 8601. */
  cutoff: string;
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
    const [cutoff = '', editionId = ''] = String(item['part']).split('#');
    return { editionId, cutoff, title: String(item['title']) };
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
