/** The one DynamoDB client, and what every table's room needs of it. */
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
  marshallOptions: { removeUndefinedValues: true },
});

/** Whether a conditional write held; every other fault passes through. */
export const held = async (write: Promise<object>): Promise<boolean> => (await ifHeld(write)) !== undefined;

/** What a conditional write answered; undefined where its condition did not hold. */
export async function ifHeld<Answer extends object>(write: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
