/** The measured process: it sends as it is told, and answers what that cost. */
import { handler as recordFeedback } from '../lambdas/record-feedback';
import { handler as sendDigest } from '../lambdas/send-digest';
import { handler as settleEdition } from '../lambdas/settle-edition';
import { shards } from '../lambdas/core/identity';
import { lambdaContext } from '../local/lambda-context';
import { countUnits, units } from './capacity';
import { measured } from './measure';
import { answerQuestions } from './processes';
import { inTurns, sendBare, sendByMailer, sendByPool, type Copies } from './sender-loops';

/** Lanes at a time; each has five calls to SES under way. */
export const LANES_AT_ONCE = 4;
export const CALLS_AT_ONCE = 5 * LANES_AT_ONCE;

export type SenderQuestion =
  | { ask: 'edition'; editionId: string }
  | ({ ask: 'bare' | 'mailer' | 'pool' } & Copies)
  | { ask: 'feedback'; events: object[] }
  | { ask: 'settle' }
  /** From now on the answers have read and write units. */
  | { ask: 'count units' };

const TIMEOUT = 840;

function run(question: SenderQuestion): Promise<unknown> {
  switch (question.ask) {
    case 'edition':
      return inTurns(shards.length, LANES_AT_ONCE, (n) => sendLane(question.editionId, shards[n] ?? ''));
    case 'bare':
      return sendBare(question, CALLS_AT_ONCE);
    case 'mailer':
      return sendByMailer(question, CALLS_AT_ONCE);
    case 'pool':
      return sendByPool(question, CALLS_AT_ONCE);
    case 'feedback':
      return inTurns(Math.ceil(question.events.length / 10), 1, (n) =>
        opened(recordFeedback, 'record-feedback', question.events.slice(n * 10, n * 10 + 10)),
      );
    case 'settle':
      return settleEdition({}, lambdaContext('settle-edition', TIMEOUT));
    case 'count units':
      return Promise.resolve(countUnits());
  }
}

const sendLane = (editionId: string, shard: string): Promise<void> =>
  opened(sendDigest, 'send-digest', [{ editionId, shard }]);

/** As Lambda's event source opens a handler. */
async function opened(handler: typeof sendDigest, name: string, bodies: readonly object[]): Promise<void> {
  const Records = bodies.map((body, n) => ({
    messageId: String(n),
    receiptHandle: '',
    body: JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: 'us-east-1',
  }));
  const { batchItemFailures } = await handler({ Records }, lambdaContext(name, TIMEOUT));
  if (batchItemFailures.length) throw new Error(`${name} failed`);
}

answerQuestions(async (question: SenderQuestion) => {
  const before = units();
  const cost = await measured(() => run(question));
  const after = units();
  return {
    ...cost,
    readUnits: after.readUnits - before.readUnits,
    writeUnits: after.writeUnits - before.writeUnits,
    calls: after.calls - before.calls,
  };
});
