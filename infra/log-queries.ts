/** Questions to the handlers' logs, saved in CloudWatch's Logs Insights under the stack's name: the runbook asks them. */
import { Stack } from 'aws-cdk-lib';
import { type ILogGroup, QueryDefinition, QueryString, type QueryStringProps } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { HandlerName } from '../lambdas/triggers';

interface LogQuery extends QueryStringProps {
  /** Whose logs are asked; all of them, if none is named. */
  of?: readonly HandlerName[];
}

/** The same lines that errors.ts counts. */
const faults = 'level in ["ERROR", "FATAL"] or record.status in ["timeout", "failure"]';

export const logQueries = {
  'errors by handler': {
    filterStatements: [faults],
    statsStatements: ['count() as errors, latest(@timestamp) as last by @log, fact'],
    sort: 'errors desc',
  },
  'errors one by one': {
    filterStatements: [faults],
    sort: '@timestamp desc',
    limit: 100,
    display: '@timestamp, @log, fact, error, record.status',
  },
  'what became of editions': {
    of: ['build-digest', 'send-digest', 'record-feedback', 'settle-edition'],
    filterStatements: ['fact like /^(edition|lane|group|dead-letters)\\./'],
    sort: '@timestamp desc',
    limit: 500,
    display:
      '@timestamp, fact, editionId, shard, reason, audience, sent, failed, unknown, parked, skipped, joins, lanes, feedback',
  },
  'who asked to join': {
    of: ['subscribe', 'invite'],
    filterStatements: ['fact like /^invitation\\./'],
    statsStatements: ['count() as asked by bin(15m), fact, reason'],
  },
} as const satisfies Record<string, LogQuery>;

export class LogQueries extends Construct {
  readonly saved: QueryDefinition[];

  constructor(scope: Construct, id: string, logs: Record<HandlerName, ILogGroup>) {
    super(scope, id);
    const all = Object.keys(logs) as HandlerName[];
    this.saved = Object.entries<LogQuery>(logQueries).map(
      ([name, { of = all, ...query }]) =>
        new QueryDefinition(this, name, {
          queryDefinitionName: `${Stack.of(this).stackName}/${name}`,
          queryString: new QueryString(query),
          logGroups: of.map((handler) => logs[handler]),
        }),
    );
  }
}
