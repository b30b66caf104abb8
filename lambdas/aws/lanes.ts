/** A lane of an edition: its lease and cursor in the editions table, and its message in the queue. */
import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { Lane, type Cursor, type LaneMessage } from '../core/edition';
import { laneName } from '../core/waves';
import { documents, ifHeld } from './dynamodb';
import { tableName, variable } from './environment';
import { sqs } from './sqs';

/** Queues lanes, ten a call; a lane that is queued twice is walked once. */
export async function enqueue(messages: readonly LaneMessage[], delaySeconds = 0): Promise<void> {
  for (let n = 0; n < messages.length; n += 10) {
    const { Failed = [] } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: variable('LANES_QUEUE_URL'),
        Entries: messages.slice(n, n + 10).map((message) => ({
          Id: laneName(message).replace('+', '-'),
          MessageBody: JSON.stringify(message),
          DelaySeconds: delaySeconds,
        })),
      }),
    );
    if (Failed.length) throw new Error(`Can't queue ${Failed.length} lanes`, { cause: Failed[0]?.Message });
  }
}

/** The right to walk a lane: every write of its holder says `owner`, so a holder who lost it can't move the cursor. */
export interface Lease {
  message: LaneMessage;
  owner: string;
}

export type Taking = { outcome: 'taken'; lane: Lane } | { outcome: 'done' | 'held' };

export async function take(lease: Lease, now: Date, until: Date): Promise<Taking> {
  const taken = await updated(lease, {
    set: { status: 'sending', owner: lease.owner, leaseUntil: until.toISOString() },
    condition: 'attribute_not_exists(part) OR (#status <> :done AND #leaseUntil < :now)',
    values: { ':done': 'done', ':now': now.toISOString() },
  });
  if (taken) return { outcome: 'taken', lane: taken };
  const lane = await read(lease.message);
  if (!lane) throw new Error(`Can't read lane ${laneName(lease.message)} of ${lease.message.editionId}`);
  // A write that was applied but answered with a fault fails its own condition when it is tried again.
  if (lane.owner === lease.owner) return { outcome: 'taken', lane };
  return { outcome: lane.status === 'done' ? 'done' : 'held' };
}

/**
 * Claims the next group and confirms the one before in one write; says whether the lane is still ours. A first try that
 * comes late, after its retry and all that followed, would move the cursor back: so it only ever moves on.
 */
export const advance = (
  lease: Lease,
  { claimedTo, from, audience }: { claimedTo: string; from: Cursor; audience: number },
  until: Date,
): Promise<boolean> =>
  update(lease, {
    set: {
      claimedTo,
      confirmedTo: from.confirmedTo,
      settled: from.settled.filter((id) => id > claimedTo),
      audience,
      leaseUntil: until.toISOString(),
    },
    condition: `${MINE} AND (attribute_not_exists(#claimedTo) OR #claimedTo <= :new_claimedTo)`,
    values: mine(lease),
  });

/** The whole lane was walked. */
export const finish = (lease: Lease, { confirmedTo, audience }: Cursor): Promise<boolean> =>
  update(lease, { set: { status: 'done', confirmedTo, audience }, condition: MINE, values: mine(lease) });

/** A stop in good order: the cursor goes back to what was attempted, and the lane is free for anybody after its rest. */
export const release = (
  lease: Lease,
  { confirmedTo, settled, audience }: Cursor,
  restUntil: Date,
): Promise<boolean> =>
  update(lease, {
    set: {
      status: 'waiting',
      claimedTo: confirmedTo,
      confirmedTo,
      settled: [...settled],
      audience,
      leaseUntil: restUntil.toISOString(),
    },
    condition: MINE,
    values: mine(lease),
  });

const MINE = '#owner = :me AND #status = :sending';
const mine = ({ owner }: Lease): Record<string, string> => ({ ':me': owner, ':sending': 'sending' });

/** Undefined takes a field away. */
type LaneFields = { [field in keyof Lane]?: Lane[field] | undefined };

interface Write {
  set: LaneFields;
  condition: string;
  values: Record<string, string>;
}

const update = async (lease: Lease, write: Write): Promise<boolean> =>
  (await updated(lease, write)) !== undefined;

/** The lane as it is after the write; undefined where the condition did not hold. */
async function updated({ message }: Lease, write: Write): Promise<Lane | undefined> {
  const set = Object.entries(write.set).filter(([, value]) => value !== undefined);
  const gone = Object.entries(write.set).filter(([, value]) => value === undefined);
  const named = [...write.condition.matchAll(/#(\w+)/g)].map(([, name = '']) => name);
  const names = new Set([...set.map(([name]) => name), ...gone.map(([name]) => name), ...named]);
  const answer = await ifHeld(
    documents.send(
      new UpdateCommand({
        TableName: tableName('editions'),
        Key: keyOf(message),
        UpdateExpression: [
          `SET ${set.map(([name]) => `#${name} = :new_${name}`).join(', ')}`,
          ...(gone.length ? [`REMOVE ${gone.map(([name]) => `#${name}`).join(', ')}`] : []),
        ].join(' '),
        ConditionExpression: write.condition,
        ExpressionAttributeNames: Object.fromEntries([...names].map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...write.values,
          ...Object.fromEntries(set.map(([name, value]) => [`:new_${name}`, value])),
        },
        ReturnValues: 'ALL_NEW',
      }),
    ),
  );
  return answer && Lane.parse(answer.Attributes);
}

const keyOf = (message: LaneMessage) => ({
  editionId: message.editionId,
  part: `lane#${laneName(message)}`,
});

export async function read(message: LaneMessage): Promise<Lane | undefined> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName('editions'), Key: keyOf(message), ConsistentRead: true }),
  );
  return Item && Lane.parse(Item);
}

/** All lanes of an edition that somebody has taken yet, by their names. */
export async function ofEdition(editionId: string): Promise<Map<string, Lane>> {
  const lanes = new Map<string, Lane>();
  let ExclusiveStartKey: Record<string, unknown> | undefined; // an answer has a megabyte at most
  do {
    const { Items = [], LastEvaluatedKey } = await documents.send(
      new QueryCommand({
        TableName: tableName('editions'),
        ConsistentRead: true,
        KeyConditionExpression: 'editionId = :edition AND begins_with(part, :lane)',
        ExpressionAttributeValues: { ':edition': editionId, ':lane': 'lane#' },
        ExclusiveStartKey,
      }),
    );
    for (const item of Items) lanes.set(String(item['part']).slice('lane#'.length), Lane.parse(item));
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return lanes;
}
