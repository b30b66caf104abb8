/** One JSON line per fact: `noun.verb` with ids and counts, never an address. */
import { variable } from './environment';
import { metrics, type MetricName } from './metrics';

const levels = ['INFO', 'WARN', 'ERROR', 'FATAL'] as const;
type Level = (typeof levels)[number];

/** Lambda's own setting for the least level worth a line. */
const least = (): number =>
  Math.max(0, levels.indexOf((process.env['AWS_LAMBDA_LOG_LEVEL'] ?? 'INFO') as Level));

export function log(
  fact: string,
  details: Record<string, string | number | boolean> = {},
  level: Level = 'INFO',
): void {
  if (levels.indexOf(level) >= least()) write({ level, fact, ...details });
}

/** A fault with all its causes; the message of an Error of ours never holds an address. */
export function logFault(fact: string, fault: unknown, details: Record<string, string | number> = {}): void {
  log(fact, { ...details, error: causes(fault) }, 'ERROR');
}

const causes = (fault: unknown): string =>
  fault instanceof Error
    ? `${fault.stack ?? fault.message}${fault.cause ? `\ncaused by ${causes(fault.cause)}` : ''}`
    : String(fault);

/**
 * A fact with figures of it, in CloudWatch's embedded metric format: a log line, no call.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metric(
  fact: string,
  figures: Partial<Record<MetricName, number>>,
  details: Record<string, string | number | boolean> = {},
): void {
  if (least() > 0) return;
  const Metrics = Object.keys(figures).map((Name) => ({ Name, Unit: metrics[Name as MetricName].unit }));
  const _aws = {
    Timestamp: Date.now(),
    CloudWatchMetrics: [{ Namespace: variable('METRICS_NAMESPACE'), Dimensions: [[]], Metrics }],
  };
  write({ level: 'INFO', fact, ...details, ...figures, _aws });
}

/** Not by console.log: Lambda would wrap the line in JSON of its own, and no filter or metric would find it. */
const write = (line: object): void =>
  void process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...line })}\n`);
