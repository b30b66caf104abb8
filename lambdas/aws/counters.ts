/** The counters table: how often something happened in an hour or a day, by conditional increments that stop at the limit. */
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { withoutProof } from '../core/limits';
import { documents, held } from './dynamodb';
import { settings, tableName } from './environment';

const SECONDS = { hour: 3_600, day: 86_400 };

/** Counts one more in this hour or day, unless the limit is reached; says whether there was room. */
export function hasRoom(
  counter: string,
  limit: number,
  window: keyof typeof SECONDS,
  now: Date,
): Promise<boolean> {
  // the window is part of the key: rows that outlive their time to live count nothing
  const nth = Math.floor(now.getTime() / 1000 / SECONDS[window]);
  return held(
    documents.send(
      new UpdateCommand({
        TableName: tableName('counters'),
        Key: { counterId: `${counter}#${nth}` },
        UpdateExpression: 'ADD #count :one SET expiresAt = if_not_exists(expiresAt, :end)',
        ConditionExpression: 'attribute_not_exists(#count) OR #count < :limit',
        ExpressionAttributeNames: { '#count': 'count' },
        ExpressionAttributeValues: { ':one': 1, ':limit': limit, ':end': (nth + 2) * SECONDS[window] },
      }),
    ),
  );
}

/**
 * Counts one more mail that anybody could have asked for, to this subscriber; says whether there was room. The narrowest
 * limit first, so that one who is over it uses up nothing of the wider one. Those who bring no proof of work where one is
 * wanted share a limit of their own.
 */
export async function mayBeWrittenTo(
  subscriberId: string,
  now: Date,
  { unproven = false } = {},
): Promise<boolean> {
  const { invitationsPerAddress, invitations } = settings().limits;
  return (
    (await hasRoom(`invitations#address#${subscriberId}`, invitationsPerAddress, 'day', now)) &&
    (!unproven || (await hasRoom('invitations#unproven', withoutProof(invitations), 'hour', now))) &&
    (await hasRoom('invitations#all', invitations, 'hour', now))
  );
}

/** The same for whoever asks, by their network: counted where the form comes in. */
export const mayAsk = (network: string, now: Date): Promise<boolean> =>
  hasRoom(`invitations#network#${network}`, settings().limits.invitationsPerNetwork, 'hour', now);
