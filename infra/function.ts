/** One handler as a Lambda function with its own log group and its own role, which may do what rights.ts says. */
import { join } from 'node:path';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type IFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type HandlerName, type Trigger, queues } from '../lambdas/triggers';
import { type Thing, type Usable, rights } from './rights';

const root = join(__dirname, '..');

/** A minute less than a lane stays hidden from other senders, so that no second sender finds it while one runs. */
const SENDING = Duration.seconds(queues.lanes.visibilityTimeout - 60);

/** Megabytes (they buy processor time too) and the longest run, by what opens the handler. */
const sizes = {
  web: { memorySize: 512, timeout: Duration.seconds(29) },
  schedule: { memorySize: 512, timeout: Duration.minutes(5) },
  cadences: { memorySize: 1024, timeout: Duration.minutes(5) },
  queue: { memorySize: 512, timeout: SENDING },
} as const satisfies Record<Trigger['kind'], { memorySize: number; timeout: Duration }>;

export interface HandlerFunctionProps {
  name: HandlerName;
  kind: Trigger['kind'];
  /** The checked settings as JSON. */
  newsletter: string;
  things: Record<Thing, Usable>;
}

export class HandlerFunction extends Construct {
  readonly lambda: IFunction;

  constructor(scope: Construct, id: string, { name, kind, newsletter, things }: HandlerFunctionProps) {
    super(scope, id);
    const uses = Object.entries(rights[name]).map(([thing, actions]) => ({
      thing: things[thing as Thing],
      actions,
    }));
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.lambda = new NodejsFunction(this, 'Function', {
      ...code(name),
      ...sizes[kind],
      role: this.role(logGroup, uses),
      environment: {
        NEWSLETTER: newsletter,
        ...Object.fromEntries(uses.map(({ thing: { variable } }) => [variable.name, variable.value])),
      },
      logGroup,
      loggingFormat: LoggingFormat.JSON,
    });
  }

  private role(logGroup: LogGroup, uses: { thing: Usable; actions: readonly string[] }[]): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
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

const code = (name: HandlerName) => ({
  entry: join(root, 'lambdas', `${name}.ts`),
  projectRoot: root,
  depsLockFilePath: join(root, 'package-lock.json'),
  runtime: Runtime.NODEJS_24_X,
  architecture: Architecture.ARM_64,
  bundling: {
    format: OutputFormat.CJS,
    target: 'node24',
    minify: true,
    mainFields: ['module', 'main'], // sheds what is unused: a page's first answer comes 25 ms earlier
    // The AWS SDK is bundled at the pinned version; mjml names typescript but never runs it.
    externalModules: ['typescript'],
  },
});
