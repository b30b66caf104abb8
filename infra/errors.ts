/** What goes wrong in any handler, counted in their logs: as one metric, since one for each would cost eleven times as much. */
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { HandlerName } from '../lambdas/triggers';
import { namespaceOf } from './metrics';

/**
 * Our own lines about faults (lambdas/aws/log.ts) and Lambda's about errors that nobody caught are of the level ERROR. Of a
 * run that was ended from outside, by its timeout or for its memory, there are only Lambda's reports, which count twice.
 * https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report
 */
const pattern = FilterPattern.any(
  FilterPattern.stringValue('$.level', '=', 'ERROR'),
  FilterPattern.stringValue('$.level', '=', 'FATAL'),
  FilterPattern.stringValue('$.record.status', '=', 'timeout'),
  FilterPattern.stringValue('$.record.status', '=', 'failure'),
);

export class Errors extends Construct {
  readonly filters: MetricFilter[];

  constructor(scope: Construct, id: string, logs: Record<HandlerName, ILogGroup>) {
    super(scope, id);
    this.filters = Object.entries(logs).map(
      ([name, logGroup]) =>
        new MetricFilter(this, name, {
          logGroup,
          filterPattern: pattern,
          metricNamespace: namespaceOf(this),
          metricName: 'Errors',
          metricValue: '1',
        }),
    );
  }
}
