/** What the stack watches, read from its template: alarms, graphs, and the metrics that filters make of logs. */
import type { Template } from 'aws-cdk-lib/assertions';
import { resources, text } from './template';

export interface Watched {
  namespace: string;
  name: string;
  /** Dimensions by their names, the values as names of the stack's things. */
  dimensions: Record<string, string>;
}

export interface Alarm extends Watched {
  title: string;
  description: string;
  threshold: number;
  periods: number;
  seconds: number;
  missing: string;
  tells: string[];
}

interface AlarmProperties {
  AlarmName: string;
  AlarmDescription: string;
  Namespace: string;
  MetricName: string;
  Dimensions?: { Name: string; Value: unknown }[];
  Threshold: number;
  EvaluationPeriods: number;
  Period: number;
  ComparisonOperator: string;
  TreatMissingData: string;
  AlarmActions: unknown[];
}

export const alarmsIn = (template: Template): Alarm[] =>
  resources(template, 'AWS::CloudWatch::Alarm').map(({ Properties }) => {
    const alarm = Properties as unknown as AlarmProperties;
    if (alarm.ComparisonOperator !== 'GreaterThanOrEqualToThreshold')
      throw new Error(`${alarm.AlarmName} compares otherwise`);
    return {
      title: alarm.AlarmName,
      description: alarm.AlarmDescription,
      namespace: alarm.Namespace,
      name: alarm.MetricName,
      dimensions: Object.fromEntries((alarm.Dimensions ?? []).map(({ Name, Value }) => [Name, text(Value)])),
      threshold: alarm.Threshold,
      periods: alarm.EvaluationPeriods,
      seconds: alarm.Period,
      missing: alarm.TreatMissingData,
      tells: alarm.AlarmActions.map(text),
    };
  });

interface Widget {
  type: string;
  properties: { title?: string; metrics?: unknown[][]; query?: string };
}

export function widgetsIn(template: Template): Widget[] {
  const [dashboard, ...more] = resources(template, 'AWS::CloudWatch::Dashboard');
  if (!dashboard || more.length) throw new Error('There is not one dashboard');
  return (JSON.parse(text(dashboard.Properties.DashboardBody)) as { widgets: Widget[] }).widgets;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export const graphsIn = (template: Template): Watched[] =>
  widgetsIn(template)
    .flatMap(({ properties }) => properties.metrics ?? [])
    .map((row) => {
      const [namespace = '', name = '', ...rest] = row.filter((part) => typeof part === 'string');
      const pairs = rest.flatMap((key, n) => (n % 2 ? [] : [[key, rest[n + 1] ?? '']]));
      return { namespace, name, dimensions: Object.fromEntries(pairs) as Record<string, string> };
    });

export interface Filter {
  log: string;
  pattern: string;
  namespace: string;
  name: string;
}

export const filtersIn = (template: Template): Filter[] =>
  resources(template, 'AWS::Logs::MetricFilter').map(({ Properties }) => {
    const [made] = Properties.MetricTransformations as { MetricName: string; MetricNamespace: string }[];
    return {
      log: text(Properties.LogGroupName),
      pattern: String(Properties.FilterPattern),
      namespace: String(made?.MetricNamespace),
      name: String(made?.MetricName),
    };
  });

/**
 * Whether CloudWatch Logs would count a line: fields that have one of several values, which is all that we ask for.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function counts({ pattern }: Filter, line: object): boolean {
  const terms = pattern.replace(/^\{ | \}$/g, '').split(' || ');
  return terms.some((term) => {
    const [, path, wanted] = /^\(\$\.([\w.]+) = "(\w+)"\)$/.exec(term) ?? [];
    if (!path) throw new Error(`Can't read the pattern ${pattern}`);
    const found = path
      .split('.')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], line);
    return found === wanted;
  });
}

/** Whether an alarm goes off after these values, one a period; undefined where there was none. */
export function goesOff(
  { threshold, periods, missing }: Alarm,
  values: readonly (number | undefined)[],
): boolean {
  const breaches = (value: number | undefined) =>
    value === undefined ? missing === 'breaching' : value >= threshold;
  return values.length >= periods && values.slice(-periods).every(breaches);
}
