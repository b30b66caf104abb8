/** The editions table, id `schedules`: since when the schedule of each cadence is as it is. */
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Cadence } from '../core/cadences';
import { documents, held } from './dynamodb';
import { tableName } from './environment';

const Seen = z.object({ schedule: z.string(), since: z.iso.datetime() });

/** When this schedule was first seen with the cadence; that is now, where it is new or another one than before. */
export async function watchedSince(cadence: Cadence, schedule: string, now: Date): Promise<Date> {
  const Key = { editionId: 'schedules', part: cadence };
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName('editions'), Key, ConsistentRead: true }),
  );
  const seen = Item && Seen.parse(Item);
  if (seen?.schedule === schedule) return new Date(seen.since);
  const isOurs = await held(
    documents.send(
      new UpdateCommand({
        TableName: tableName('editions'),
        Key,
        UpdateExpression: 'SET schedule = :schedule, since = :now',
        // two looks at once would otherwise move the moment twice
        ConditionExpression: 'attribute_not_exists(schedule) OR schedule <> :schedule',
        ExpressionAttributeValues: { ':schedule': schedule, ':now': now.toISOString() },
      }),
    ),
  );
  return isOurs ? now : watchedSince(cadence, schedule, now);
}
