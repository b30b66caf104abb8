/** The stack: what a reader or an operator would notice if it were wrong. */
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { paperboy } from '../../infra/stack';
import { type HandlerName, triggers } from '../../lambdas/triggers';
import { app, handlers, partOf, resource, resources, settings, synth, text } from './template';

const template = synth();

test('a reader finds each page at its handler, and a page that says so everywhere else', () => {
  const integrations = new Map(
    resources(template, 'AWS::ApiGatewayV2::Integration').map(({ name, Properties }) => [
      `integrations/${name}`,
      text(Properties.IntegrationUri),
    ]),
  );
  const routes = resources(template, 'AWS::ApiGatewayV2::Route').map(({ Properties }) => [
    Properties.RouteKey,
    integrations.get(text(Properties.Target)),
  ]);
  expect(Object.fromEntries(routes)).toEqual({
    'ANY /subscribe': 'subscribeFunction',
    'ANY /proof': 'subscribeFunction',
    'ANY /confirm': 'confirmFunction',
    'ANY /preferences': 'preferencesFunction',
    'ANY /preferences/link': 'preferencesFunction',
    'ANY /preferences/pause': 'preferencesFunction',
    'ANY /preferences/address': 'preferencesFunction',
    'ANY /preferences/move': 'preferencesFunction',
    'ANY /preferences/export': 'preferencesFunction',
    'ANY /preferences/erase': 'preferencesFunction',
    'ANY /unsubscribe/{token}': 'unsubscribeFunction',
    'ANY /unsubscribe/{token}/{change}': 'unsubscribeFunction',
    'ANY /': 'archiveFunction',
    'ANY /editions': 'archiveFunction',
    'ANY /editions/{editionId}': 'archiveFunction',
    $default: 'archiveFunction',
  });
});

test("the site holds back a flood, and its log holds neither a reader's token nor a network address", () => {
  const { Properties } = resource(template, 'AWS::ApiGatewayV2::Stage', 'SiteApiStage');
  const { Format } = Properties.AccessLogSettings as { Format: string };
  expect(Properties.DefaultRouteSettings).toEqual({ ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 });
  expect(JSON.parse(Format)).toEqual({
    requestId: '$context.requestId',
    routeKey: '$context.routeKey',
    status: '$context.status',
    latency: '$context.responseLatency',
  });
});

test("what runs by the clock runs at the operator's local time", () => {
  const schedules = resources(template, 'AWS::Scheduler::Schedule').map(({ Properties }) => {
    const { Arn, Input } = Properties.Target as { Arn: unknown; Input: string };
    expect(Properties.ScheduleExpressionTimezone).toBe('Europe/Berlin');
    expect(Properties.FlexibleTimeWindow).toEqual({ Mode: 'OFF' });
    return [text(Arn), Properties.ScheduleExpression, JSON.parse(Input)];
  });
  const scheduledTime = '<aws.scheduler.scheduled-time>';
  expect(schedules).toEqual([
    ['ingestpapersFunction', 'cron(0 5 * * ? *)', { scheduledTime }],
    ['builddigestFunction', 'cron(0 7 ? * MON *)', { cadence: 'weekly', scheduledTime }],
    ['builddigestFunction', 'cron(30 6 * * ? *)', { cadence: 'daily', scheduledTime }],
    ['settleeditionFunction', 'cron(0/15 * * * ? *)', { scheduledTime }],
  ]);
});

test("a run that couldn't start, or started and failed, waits for the operator as a dead letter", () => {
  for (const { Properties } of resources(template, 'AWS::Scheduler::Schedule')) {
    const target = Properties.Target as { DeadLetterConfig: { Arn: unknown } };
    expect(text(target.DeadLetterConfig.Arn)).toBe('SchedulesDeadLetters');
  }
  const failed = resources(template, 'AWS::Lambda::EventInvokeConfig').map(({ Properties }) => {
    const { OnFailure } = Properties.DestinationConfig as { OnFailure: { Destination: unknown } };
    return [text(Properties.FunctionName), text(OnFailure.Destination)];
  });
  expect(Object.fromEntries(failed)).toEqual({
    ingestpapersFunction: 'SchedulesDeadLetters',
    builddigestFunction: 'SchedulesDeadLetters',
    settleeditionFunction: 'SchedulesDeadLetters',
  });
  const { Properties } = resource(template, 'AWS::SQS::Queue', 'SchedulesDeadLetters');
  expect(Properties.MessageRetentionPeriod).toBe(14 * 24 * 60 * 60);
});

test('mail leaves signed and encrypted, and not to those who bounced or complained', () => {
  expect(resource(template, 'AWS::SES::EmailIdentity', 'MailIdentity').Properties).toMatchObject({
    EmailIdentity: 'papers.example.org',
    DkimSigningAttributes: { NextSigningKeyLength: 'RSA_2048_BIT' },
    MailFromAttributes: { MailFromDomain: 'mail.papers.example.org' },
  });
  expect(resource(template, 'AWS::SES::ConfigurationSet', 'MailRules').Properties).toMatchObject({
    DeliveryOptions: { TlsPolicy: 'REQUIRE' },
    ReputationOptions: { ReputationMetricsEnabled: true },
    SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  });
});

test("the operator is told the site's address, each DNS record that mail needs, and what commands need", () => {
  const group = resource(template, 'AWS::Scheduler::ScheduleGroup', 'SchedulesGroup').Properties.Name;
  const outputs = Object.entries(template.findOutputs('*')).map(([name, { Value }]) => [name, text(Value)]);
  expect(Object.fromEntries(outputs)).toEqual({
    CliEnvironment: [
      'AWS_REGION=AWS::Region',
      'PAPERS_TABLE=papers',
      'EDITIONS_TABLE=editions',
      'SUBSCRIBERS_TABLE=subscribers',
      'DELIVERIES_TABLE=deliveries',
      'JOINS_QUEUE_URL=JoinsQueue',
      'JOINS_DEAD_LETTERS_URL=JoinsDeadLetters',
      'LANES_QUEUE_URL=LanesQueue',
      'LANES_DEAD_LETTERS_URL=LanesDeadLetters',
      'FEEDBACK_QUEUE_URL=FeedbackQueue',
      'FEEDBACK_DEAD_LETTERS_URL=FeedbackDeadLetters',
      'KEYS_SECRET=KeysSecret',
      'CONFIGURATION_SET=MailRules',
      `SCHEDULE_GROUP=${String(group)}`,
      'SCHEDULES_DEAD_LETTERS_URL=SchedulesDeadLetters',
    ].join(' '),
    SiteAddress: 'SiteApi',
    AlarmTopic: 'WatchAlarmTopic',
    DnsDkim1: 'MailIdentity CNAME MailIdentity',
    DnsDkim2: 'MailIdentity CNAME MailIdentity',
    DnsDkim3: 'MailIdentity CNAME MailIdentity',
    DnsMailFromMx: 'mail.papers.example.org MX 10 feedback-smtp.AWS::Region.amazonses.com',
    DnsMailFromSpf: 'mail.papers.example.org TXT "v=spf1 include:amazonses.com ~all"',
    DnsDmarc: '_dmarc.papers.example.org TXT "v=DMARC1; p=none"',
  });
});

test('no page keeps its visitor waiting longer than the site itself does', () => {
  for (const [handler] of Object.entries(triggers).filter(([, { kind }]) => kind === 'web')) {
    const { Properties } = resource(
      template,
      'AWS::Lambda::Function',
      partOf(handler as HandlerName, 'Function'),
    );
    expect(Properties.Timeout).toBe(29); // API Gateway answers for us after 30 seconds
  }
});

test('what Lambda itself writes about a run has fields that an alarm can look for, as our own lines have', () => {
  for (const { Properties } of resources(template, 'AWS::Lambda::Function')) {
    expect(Properties.LoggingConfig).toMatchObject({ LogFormat: 'JSON' });
  }
});

test('logs are forgotten after three months', () => {
  const logs = resources(template, 'AWS::Logs::LogGroup');
  expect(logs).toHaveLength(handlers.length + 1); // and the site's
  for (const { Properties } of logs) expect(Properties.RetentionInDays).toBe(90);
});

test('nothing runs, and only the secret and some alarms cost their cents, while nobody reads', () => {
  const { Resources } = template.toJSON() as { Resources: Record<string, { Type: string }> };
  const types = new Set(Object.values(Resources).map(({ Type }) => Type));
  expect([...types].toSorted()).toEqual([
    'AWS::ApiGatewayV2::Api',
    'AWS::ApiGatewayV2::Integration',
    'AWS::ApiGatewayV2::Route',
    'AWS::ApiGatewayV2::Stage',
    'AWS::Budgets::Budget',
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::Dashboard',
    'AWS::DynamoDB::GlobalTable',
    'AWS::Events::Rule',
    'AWS::IAM::Policy',
    'AWS::IAM::Role',
    'AWS::Lambda::EventInvokeConfig',
    'AWS::Lambda::EventSourceMapping',
    'AWS::Lambda::Function',
    'AWS::Lambda::Permission',
    'AWS::Logs::LogGroup',
    'AWS::Logs::MetricFilter',
    'AWS::Logs::QueryDefinition',
    'AWS::SES::ConfigurationSet',
    'AWS::SES::ConfigurationSetEventDestination',
    'AWS::SES::EmailIdentity',
    'AWS::SNS::Topic',
    'AWS::SNS::TopicPolicy',
    'AWS::SQS::Queue',
    'AWS::SQS::QueuePolicy',
    'AWS::Scheduler::Schedule',
    'AWS::Scheduler::ScheduleGroup',
    'AWS::SecretsManager::Secret',
  ]);
});

test("a careless change is stopped by AWS's rules before it is deployed", () => {
  const careless = app();
  const bucket = new Bucket(paperboy(careless, settings), 'Bucket');
  expect(() => careless.synth()).toThrow(bucket.node.path);
});

test('an operator can try a second Paperboy beside the first', () => {
  expect(paperboy(app(), settings).stackName).toBe('Paperboy');
  expect(paperboy(app({ stage: 'trial' }), settings).stackName).toBe('Paperboy-trial');
});
