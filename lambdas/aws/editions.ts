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
export async function saveContent(
  editionId: string,
  content: Content,
): Promise<NonNullable<Edition['content']>> {
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

/** Freezes an edition; says whether we were the first. One that was skipped may be built after all. */
export function create(edition: Edition): Promise<boolean> {
  return held(
    documents.send(
      new PutCommand({
        TableName: tableName('editions'),
        Item: { ...edition, part: 'edition' },
        ConditionExpression: 'attribute_not_exists(editionId) OR #status = :skipped',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':skipped': 'skipped' },
      }),
    ),
  );
}

/** The edition joins the list of all; doing it twice changes nothing. */
export async function list({ editionId, cadence, title, scheduledFor }: Edition): Promise<void> {
  const Item = { editionId: ALL, part: `${scheduledFor}#${editionId}`, cadence, title };
  await documents.send(new PutCommand({ TableName: tableName('editions'), Item }));
}

type Fields = { [field in keyof Omit<Edition, 'editionId'>]?: Edition[field] | undefined };

/** Changes fields of an edition that has one of these standings (undefined takes one away); says whether it had. */
export function change(editionId: string, from: readonly Edition['status'][], to: Fields): Promise<boolean> {
  const set = Object.entries(to).filter(([, value]) => value !== undefined);
  const gone = Object.entries(to).filter(([, value]) => value === undefined);
  const named = Object.keys(to).map((name) => [`#${name}`, name]);
  const standings = from.map((status) => [`:from_${status}`, status]);
  return held(
    documents.send(
      new UpdateCommand({
        TableName: tableName('editions'),
        Key: { editionId, part: 'edition' },
        UpdateExpression: [
          `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
          ...(gone.length ? [`REMOVE ${gone.map(([name]) => `#${name}`).join(', ')}`] : []),
        ].join(' '),
        ConditionExpression: `#status IN (${standings.map(([name]) => name).join(', ')})`,
        ExpressionAttributeNames: { '#status': 'status', ...(Object.fromEntries(named) as object) },
        ExpressionAttributeValues: {
          ...(Object.fromEntries(standings) as object),
          ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
        },
      }),
    ),
  );
}

/** Every lane stays where it is until the edition is resumed; says whether it was sending. */
export const pause = (editionId: string, reason: string): Promise<boolean> =>
  change(editionId, ['sending'], { status: 'paused', reason });

/** Counts bounces and complaints of an edition, and answers how many there are: for the breaker, not for the books. */
export async function countTrouble(
  editionId: string,
  more: { bounced: number; complained: number },
): Promise<{ bounced: number; complained: number }> {
  const { Attributes = {} } = await documents.send(
    new UpdateCommand({
      TableName: tableName('editions'),
      Key: { editionId, part: 'trouble' },
      UpdateExpression: 'ADD bounced :bounced, complained :complained',
      ExpressionAttributeValues: { ':bounced': more.bounced, ':complained': more.complained },
      ReturnValues: 'ALL_NEW',
    }),
  );
  return { bounced: Number(Attributes['bounced']), complained: Number(Attributes['complained']) };
}

export interface Listing {
  editionId: string;
  cadence: string;
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
    return { editionId, cadence: String(item['cadence']), title: String(item['title']) };
  });
}

/** The last content read: a sender works through many lanes of one edition. */
let known: { hash: string; content: Content } | undefined;

export async function contentOf({ editionId, content }: Edition): Promise<Content> {
  if (!content) throw new Error(`Can't read the content of ${editionId}: it was skipped`);
  const { hash, parts } = content;
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
