/** What a handler finds in its environment on this machine: one list, for all that starts far ends. */
import { tables, tableVariable, type TableName } from '../lambdas/aws/tables';
import { queues, type QueueName } from '../lambdas/triggers';
import { tableName } from './dynamodb';
import type { Sqs } from './sqs';

export interface FarEndsOfHandlers {
  /** Addresses. */
  dynamodb: string;
  ses: string;
  secrets: string;
  /** The id of the secret with the keys. */
  keysSecret: string;
  sqs: Sqs;
  /** newsletter.json as JSON. */
  newsletter: string;
}

/** The AWS SDK finds the far ends by itself: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
export const handlerEnvironment = (ends: FarEndsOfHandlers): Record<string, string> => ({
  AWS_ENDPOINT_URL_DYNAMODB: ends.dynamodb,
  AWS_ENDPOINT_URL_SES: ends.ses,
  AWS_ENDPOINT_URL_SQS: ends.sqs.url,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: ends.secrets,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_LAMBDA_LOG_LEVEL: process.env['AWS_LAMBDA_LOG_LEVEL'] ?? 'ERROR',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  CONFIGURATION_SET: 'paperboy',
  METRICS_NAMESPACE: 'Paperboy',
  KEYS_SECRET: ends.keysSecret,
  NEWSLETTER: ends.newsletter,
  ...queueVariables(ends.sqs),
  ...Object.fromEntries(
    (Object.keys(tables) as TableName[]).map((table) => [tableVariable(table), tableName(table)]),
  ),
});

const queueVariables = ({ queueUrls, deadLetterUrls }: Sqs): Record<string, string> =>
  Object.fromEntries(
    (Object.keys(queues) as QueueName[]).flatMap((name) => [
      [`${name.toUpperCase()}_QUEUE_URL`, queueUrls[name]],
      [`${name.toUpperCase()}_DEAD_LETTERS_URL`, deadLetterUrls[name]],
    ]),
  );
