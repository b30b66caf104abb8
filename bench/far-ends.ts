/** The process of the far ends: DynamoDB, SQS, the keys, and the sinks for mail by SES and by SMTP. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { tables, tableVariable, type TableName } from '../lambdas/aws/tables';
import { startDynamoDb, tableName } from '../local/dynamodb';
import { localNewsletter } from '../local/newsletter';
import { startSecrets } from '../local/secrets';
import { startSqs } from '../local/sqs';
import { answerQuestions } from './processes';
import { startSesSink } from './ses-sink';
import { startSmtpSink } from './smtp-sink';

export interface FarEnds {
  /** What a handler's process needs to find them. */
  environment: Record<string, string>;
  smtpPort: number;
}

export type FarQuestion = { ask: 'where' } | { ask: 'accepted' };

async function start() {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.on('SIGTERM', () => process.exit());
  const [dynamodb, ses, sqs, secrets, smtp] = await Promise.all([
    startDynamoDb({ folder }),
    startSesSink(),
    startSqs(),
    startSecrets(),
    startSmtpSink(),
  ]);
  const environment = {
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
    AWS_ENDPOINT_URL_SES: ses.url,
    AWS_ENDPOINT_URL_SQS: sqs.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_LAMBDA_LOG_LEVEL: 'ERROR',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    CONFIGURATION_SET: 'paperboy',
    KEYS_SECRET: secrets.secretId,
    LANES_QUEUE_URL: sqs.queueUrls.lanes,
    LANES_DEAD_LETTERS_URL: sqs.deadLetterUrls.lanes,
    FEEDBACK_QUEUE_URL: sqs.queueUrls.feedback,
    FEEDBACK_DEAD_LETTERS_URL: sqs.deadLetterUrls.feedback,
    NEWSLETTER: JSON.stringify(await localNewsletter([])),
    ...Object.fromEntries(
      (Object.keys(tables) as TableName[]).map((table) => [tableVariable(table), tableName(table)]),
    ),
  };
  return { environment, ses, smtp };
}

const started = start();

answerQuestions(async ({ ask }: FarQuestion): Promise<FarEnds | number> => {
  const { environment, ses, smtp } = await started;
  return ask === 'where' ? { environment, smtpPort: smtp.port } : ses.accepted() + smtp.accepted();
});
