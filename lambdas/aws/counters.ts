/** The counters table: how often something happened in an hour, by conditional increments that stop at the limit. */
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { documents, held } from './dynamodb';
import { tableName } from './environment';

const HOUR_SECONDS = 3_600;

/** Counts one more this hour, unless the limit is reached; says whether there was room. The hour is part of the key. */
export function hasRoom(counter: string, limit: number, now: Date): Promise<boolean> {
  const hour = Math.floor(now.getTime() / 1000 / HOUR_SECONDS);
  return held(
    documents.send(
      new UpdateCommand({
        TableName: tableName('counters'),
        Key: { counterId: `${counter}#${hour}` },
        UpdateExpression: 'ADD #count :one SET expiresAt = if_not_exists(expiresAt, :end)',
        ConditionExpression: 'attribute_not_exists(#count) OR #count < :limit',
        ExpressionAttributeNames: { '#count': 'count' },
        ExpressionAttributeValues: { ':one': 1, ':limit': limit, ':end': (hour + 2) * HOUR_SECONDS },
      }),
    ),
  );
}
