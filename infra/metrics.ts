/** CloudWatch's names for what alarms and the dashboard show. */
import { Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { MetricName } from '../lambdas/aws/metrics';

export const QUARTER = Duration.minutes(15);
export const HOUR = Duration.hours(1);

export type Statistic = 'Sum' | 'Maximum' | 'Average' | 'p50' | 'p95';

export interface Seen {
  statistic: Statistic;
  period: Duration;
  label?: string;
}

/** Each newsletter writes under the name of its stack, so that two in one account don't mix. */
export const namespaceOf = (scope: Construct): string => Stack.of(scope).stackName;

/** What our handlers write (lambdas/aws/metrics.ts), or the filters of their logs (errors.ts). */
export const own = (scope: Construct, metricName: MetricName | 'Errors', seen: Seen): Metric =>
  new Metric({ namespace: namespaceOf(scope), metricName, ...seen });

/** Of the whole account in this region. https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-cloudwatch.html */
export const ses = (metricName: 'Send' | 'Delivery' | 'Bounce' | 'Complaint', seen: Seen): Metric =>
  new Metric({ namespace: 'AWS/SES', metricName, ...seen });

/**
 * Parts of one (0.05 is five percent), of the mails under a configuration set.
 * https://docs.aws.amazon.com/ses/latest/dg/configuration-sets-export-metrics.html
 */
export const reputation = (
  metricName: 'Reputation.BounceRate' | 'Reputation.ComplaintRate',
  configurationSet: string,
): Metric =>
  new Metric({
    namespace: 'AWS/SES',
    metricName,
    dimensionsMap: { 'ses:configuration-set': configurationSet },
    statistic: 'Average',
    period: HOUR,
  });

export const messagesIn = (queue: Queue): Metric =>
  queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(5) });

export const consumed = (kind: 'Read' | 'Write', TableName: string, seen: Seen): Metric =>
  new Metric({
    namespace: 'AWS/DynamoDB',
    metricName: `Consumed${kind}CapacityUnits`,
    dimensionsMap: { TableName },
    ...seen,
  });
