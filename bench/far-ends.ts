/** The process of the far ends: DynamoDB, SQS, the keys, and the sinks for mail by SES and by SMTP. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { startDynamoDb } from '../local/dynamodb';
import { handlerEnvironment } from '../local/handler-environment';
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
  const environment = handlerEnvironment({
    dynamodb: dynamodb.url,
    ses: ses.url,
    secrets: secrets.url,
    keysSecret: secrets.secretId,
    sqs,
    newsletter: JSON.stringify(await localNewsletter([])),
  });
  return { environment, ses, smtp };
}

const started = start();

answerQuestions(async ({ ask }: FarQuestion): Promise<FarEnds | number> => {
  const { environment, ses, smtp } = await started;
  return ask === 'where' ? { environment, smtpPort: smtp.port } : ses.accepted() + smtp.accepted();
});
