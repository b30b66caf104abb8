/** The tables alone, for tests that need no machine around them: embedded, and in the environment of this process. */
import { tables, tableVariable, type TableName } from '../lambdas/aws/tables';
import { startDynamoDb, tableName } from '../local/dynamodb';
import type { FarEnd } from '../local/far-end';

/** Anybody; the far ends of this machine don't ask. */
export const credentials = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
};

export async function startTables(): Promise<FarEnd> {
  const database = await startDynamoDb();
  Object.assign(process.env, credentials, {
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    ...Object.fromEntries(
      (Object.keys(tables) as TableName[]).map((table) => [tableVariable(table), tableName(table)]),
    ),
  });
  const { documents } = await import('../lambdas/aws/dynamodb');
  return {
    url: database.url,
    close: async () => {
      documents.destroy();
      await database.close();
    },
  };
}
