/** The second argument of a Lambda handler, as the Node.js runtime gives it. */
import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';

/** A context whose time runs from now and ends after `timeout` seconds. */
export function lambdaContext(functionName: string, timeout: number): Context {
  const deadline = Date.now() + timeout * 1000;
  return {
    awsRequestId: randomUUID(),
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${functionName}`,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    memoryLimitInMB: '1024',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: withoutCallbacks,
    fail: withoutCallbacks,
    succeed: withoutCallbacks,
  };
}

/** Node.js 24 on Lambda has no callbacks any more. */
function withoutCallbacks(): never {
  throw new Error('A handler answers with a promise');
}
