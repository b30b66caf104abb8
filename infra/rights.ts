/** Who may do what, as data: what each handler uses and which actions it takes on it. Nothing else is granted. */
import type { Acknowledgment } from 'aws-cdk-lib';
import type { Condition } from 'aws-cdk-lib/aws-iam';
import type { TableName } from '../lambdas/aws/tables';
import type { HandlerName, QueueName } from '../lambdas/triggers';

export type TableOrIndex = TableName | 'papers/by-week';

/** What a handler may use; an index is a thing of its own, so that reading it gives no right to the table. */
export type Thing =
  | TableOrIndex
  | QueueName
  | `${QueueName}/dead-letters`
  | 'keys'
  | 'proof'
  | 'goodbye'
  | 'token'
  | 'mail'
  | 'quota';

/** A thing as a handler's role and environment see it. */
export interface Usable {
  service: 'dynamodb' | 'sqs' | 'secretsmanager' | 'ses';
  /** None where the operator's settings name no such thing: nothing is granted then. */
  arns: string[];
  /** The environment variable the handler finds it by, where it needs one. */
  variable?: { name: string; value: string };
  conditions?: Record<string, Condition>;
  /** Why the rights are wider than one thing, for cdk-nag. */
  wide?: Acknowledgment;
}

/** The right to take messages from the queue that opens a handler comes with its event source (infra/queue.ts). */
export const rights: Record<HandlerName, Partial<Record<Thing, readonly string[]>>> = {
  subscribe: {
    counters: ['UpdateItem'],
    joins: ['SendMessage'],
    proof: ['GetSecretValue'],
  },
  invite: {
    subscribers: ['GetItem', 'PutItem'],
    counters: ['UpdateItem'],
    'joins/dead-letters': ['SendMessage'],
    keys: ['GetSecretValue'],
    mail: ['SendRawEmail'],
  },
  confirm: {
    subscribers: ['GetItem', 'PutItem'],
    editions: ['Query'],
    keys: ['GetSecretValue'],
    mail: ['SendRawEmail'],
  },
  preferences: {
    subscribers: ['GetItem', 'PutItem'],
    counters: ['UpdateItem'],
    joins: ['SendMessage'],
    papers: ['GetItem'],
    'papers/by-week': ['Query'],
    editions: ['Query'],
    deliveries: ['GetItem'],
    keys: ['GetSecretValue'],
  },
  'ingest-papers': {
    papers: ['GetItem', 'UpdateItem'],
    token: ['GetSecretValue'],
  },
  'build-digest': {
    subscribers: ['Query'],
    papers: ['GetItem', 'UpdateItem'],
    'papers/by-week': ['Query'],
    editions: ['GetItem', 'PutItem', 'Query', 'UpdateItem'],
    lanes: ['SendMessage'],
    token: ['GetSecretValue'],
  },
  'send-digest': {
    subscribers: ['GetItem', 'Query'],
    editions: ['GetItem', 'Query', 'UpdateItem'],
    deliveries: ['BatchWriteItem', 'GetItem', 'PutItem', 'Query'],
    lanes: ['SendMessage'],
    'lanes/dead-letters': ['SendMessage'],
    keys: ['GetSecretValue'],
    mail: ['SendRawEmail'],
    quota: ['GetSendQuota'],
  },
  'record-feedback': {
    subscribers: ['GetItem', 'PutItem'],
    editions: ['Query', 'UpdateItem'],
    deliveries: ['GetItem', 'UpdateItem'],
    'feedback/dead-letters': ['SendMessage'],
    keys: ['GetSecretValue'],
  },
  'settle-edition': {
    'joins/dead-letters': ['GetQueueAttributes'],
    'lanes/dead-letters': ['GetQueueAttributes'],
    'feedback/dead-letters': ['GetQueueAttributes'],
    editions: ['GetItem', 'Query', 'UpdateItem'],
    deliveries: ['GetItem', 'PutItem', 'Query'],
    lanes: ['SendMessage'],
  },
  unsubscribe: {
    subscribers: ['GetItem', 'PutItem'],
    goodbye: ['SendMessage'],
    keys: ['GetSecretValue'],
  },
  archive: {
    papers: ['GetItem'],
    'papers/by-week': ['Query'],
    editions: ['GetItem', 'Query'],
  },
};
