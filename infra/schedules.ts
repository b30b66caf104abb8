/** What runs by the clock, in the newsletter's time zone, and the dead letters of runs that didn't start or failed. */
import { Aws, Duration, RemovalPolicy, TimeZone, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleGroup,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** How long a start is tried again; what comes later is a dead letter, and the operator's to decide. */
const LATEST = Duration.hours(2);

export interface SchedulesProps {
  /** An IANA name. */
  timeZone: string;
}

export interface Run {
  name: string;
  /** EventBridge's six fields. */
  cron: string;
  /** What the event says beside `scheduledTime`, which reads "2026-03-16T07:00:00Z". */
  input?: Record<string, string>;
}

export class Schedules extends Construct {
  readonly deadLetters: Queue;
  private readonly timeZone: TimeZone;
  private readonly group: ScheduleGroup;
  private readonly role: Role;
  /** The environment variables that an operator's commands find them by. */
  readonly variables: readonly { name: string; value: string }[];

  constructor(scope: Construct, id: string, { timeZone }: SchedulesProps) {
    super(scope, id);
    this.timeZone = TimeZone.of(timeZone);
    this.group = new ScheduleGroup(this, 'Group', { removalPolicy: RemovalPolicy.DESTROY });
    this.deadLetters = new Queue(this, 'DeadLetters', {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    Validations.of(this.deadLetters).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is a dead-letter queue: of the schedules, and of the functions they start.',
    });
    this.variables = [
      { name: 'SCHEDULE_GROUP', value: this.group.scheduleGroupName },
      { name: 'SCHEDULES_DEAD_LETTERS_URL', value: this.deadLetters.queueUrl },
    ];
    this.role = new Role(this, 'Role', { assumedBy: schedulerOf(this.group) });
    this.role.addToPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] }),
    );
  }

  /** Opens a handler at each of the times. */
  open(handler: IFunction, runs: readonly Run[]): Schedule[] {
    // The scheduler's own retries end when Lambda has taken the event; a run that fails is Lambda's to retry.
    handler.configureAsyncInvoke({
      maxEventAge: LATEST,
      retryAttempts: 2,
      onFailure: new SqsDestination(this.deadLetters),
    });
    this.role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.functionArn] }),
    );
    return runs.map((run) => this.schedule(handler, run));
  }

  private schedule(handler: IFunction, { name, cron, input }: Run): Schedule {
    return new Schedule(this, name, {
      scheduleGroup: this.group,
      schedule: ScheduleExpression.expression(`cron(${cron})`, this.timeZone),
      target: new LambdaInvoke(handler, {
        input: ScheduleTargetInput.fromObject({ ...input, scheduledTime: ContextAttribute.scheduledTime }),
        maxEventAge: LATEST,
        retryAttempts: 30,
        deadLetterQueue: this.deadLetters,
        role: this.role.withoutPolicyUpdates(), // the target would add every version of the function
      }),
    });
  }
}

const schedulerOf = (group: ScheduleGroup) =>
  new ServicePrincipal('scheduler.amazonaws.com', {
    conditions: {
      StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': group.scheduleGroupArn },
    },
  });
