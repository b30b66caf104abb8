/** One handler as a Lambda function with its own log group and its own role, which may do what rights.ts says. */
import { join } from 'node:path';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type IFunction, LoggingFormat, RecursiveLoop, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { writesMetrics } from '../lambdas/aws/metrics';
import type { Settings } from '../lambdas/core/settings';
import { type HandlerName, nodeOptions, type QueueName, queues, type Trigger } from '../lambdas/triggers';
import { bundling } from './bundling';
import { namespaceOf } from './metrics';
import { newsletterVariable } from './newsletter';
import { type Thing, type Usable, rights } from './rights';

const root = join(__dirname, '..');

/**
 * Megabytes (they buy processor time too) and the longest run, by what opens the handler. What each needs was measured:
 * docs/decisions/0023-cold-starts.md.
 */
const sizes = {
  web: { memorySize: 512, timeout: Duration.seconds(29) },
  schedule: { memorySize: 512, timeout: Duration.minutes(5) },
  cadences: { memorySize: 1024, timeout: Duration.minutes(5) },
  // A minute less than a lane stays hidden from other senders, so that no second sender finds it while one runs.
  lanes: { memorySize: 512, timeout: Duration.seconds(queues.lanes.visibilityTimeout - 60) },
  // A sixth, as https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html advises.
  joins: { memorySize: 512, timeout: Duration.seconds(queues.joins.visibilityTimeout / 6) },
  feedback: { memorySize: 512, timeout: Duration.seconds(queues.feedback.visibilityTimeout / 6) },
} as const satisfies Record<
  Exclude<Trigger['kind'], 'queue'> | QueueName,
  { memorySize: number; timeout: Duration }
>;

/**
 * The first search of a container builds an index, which is nearly all processor time; this much memory comes with one
 * whole processor: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
const larger: Partial<Record<HandlerName, { memorySize: number }>> = {
  archive: { memorySize: 1769 },
  preferences: { memorySize: 1769 },
  // counts the books of millions, nearly all of it processor time too
  'settle-edition': { memorySize: 1769 },
};

/** Those that others make wait (arXiv answers every three seconds, some sources ask to be asked later), or that count for long. */
const slow: Partial<Record<HandlerName, { timeout: Duration }>> = {
  'ingest-papers': { timeout: Duration.minutes(15) },
  'build-digest': { timeout: Duration.minutes(10) },
  'settle-edition': { timeout: Duration.minutes(15) },
};

export interface HandlerFunctionProps {
  name: HandlerName;
  trigger: Trigger;
  settings: Settings;
  things: Record<Thing, Usable>;
}

export class HandlerFunction extends Construct {
  readonly lambda: IFunction;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, { name, trigger, settings, things }: HandlerFunctionProps) {
    super(scope, id);
    const uses = Object.entries(rights[name])
      .map(([thing, actions]) => ({ thing: things[thing as Thing], actions }))
      .filter(({ thing }) => thing.arns.length > 0);
    const variables = uses.flatMap(({ thing: { variable } }) =>
      variable ? [[variable.name, variable.value]] : [],
    );
    this.logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.lambda = new NodejsFunction(this, 'Function', {
      ...code(name),
      ...sizes[trigger.kind === 'queue' ? trigger.queue : trigger.kind],
      ...slow[name],
      ...larger[name],
      role: this.role(uses),
      environment: {
        NEWSLETTER: newsletterVariable(settings),
        ...Object.fromEntries(variables),
        ...(writesMetrics(name) && { METRICS_NAMESPACE: namespaceOf(this) }),
        ...(nodeOptions[name] && { NODE_OPTIONS: nodeOptions[name] }),
      },
      ...(queuesForItself(name, trigger) && { recursiveLoop: RecursiveLoop.ALLOW }),
      logGroup: this.logGroup,
      // A line that a handler writes to stdout itself arrives as it is in both formats, so metric filters and embedded
      // metrics read its fields (console.log's would be wrapped). JSON brings the same to what Lambda writes of its own
      // accord, such as an error that nobody caught, and tells handlers the level of AWS_LAMBDA_LOG_LEVEL.
      // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
      loggingFormat: LoggingFormat.JSON,
    });
  }

  private role(uses: { thing: Usable; actions: readonly string[] }[]): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.logGroup.logGroupArn],
      }),
    );
    for (const { thing, actions } of uses) {
      role.addToPolicy(
        new PolicyStatement({
          actions: actions.map((action) => `${thing.service}:${action}`),
          resources: thing.arns,
          ...(thing.conditions && { conditions: thing.conditions }),
        }),
      );
      if (thing.wide) Validations.of(role).acknowledge(thing.wide);
    }
    return role;
  }
}

/**
 * Who hands work on to itself does so as often as there is work. Unless told, Lambda takes that for a loop and ends it
 * after 16 runs: https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
const queuesForItself = (name: HandlerName, trigger: Trigger): boolean =>
  trigger.kind === 'queue' && rights[name][trigger.queue] !== undefined;

const code = (name: HandlerName) => ({
  entry: join(root, 'lambdas', `${name}.ts`),
  projectRoot: root,
  depsLockFilePath: join(root, 'package-lock.json'),
  runtime: Runtime.NODEJS_24_X,
  architecture: Architecture.ARM_64,
  bundling: { ...bundling, format: OutputFormat.CJS },
});
