/** The one SQS client. */
import { SQSClient } from '@aws-sdk/client-sqs';

export const sqs = new SQSClient({});
