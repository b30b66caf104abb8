/** The queues: whom their messages open, how many at a time, and where what fails waits for the operator. */
import { eventsOf } from '../../local/ses-events';
import { queues, type QueueName } from '../../lambdas/triggers';
import { handlers, partOf, resource, resources, settings, statementsOf, synth, text } from './template';

const template = synth();
const DAYS_14 = 14 * 24 * 60 * 60;

const opening = { joins: 'invite', lanes: 'send-digest', feedback: 'record-feedback' } as const;
const names = Object.keys(queues) as QueueName[];

test.each(names)('what fails again and again on its way from %s waits for the operator', (name) => {
  const { RedrivePolicy, MessageRetentionPeriod } = queue(`${title(name)}Queue`);
  const { deadLetterTargetArn, ...redrive } = RedrivePolicy as Record<string, unknown>;
  expect(text(deadLetterTargetArn)).toBe(`${title(name)}DeadLetters`);
  expect(redrive).toEqual({ maxReceiveCount: queues[name].maxReceiveCount });
  expect(MessageRetentionPeriod).toBe(DAYS_14);
  expect(queue(`${title(name)}DeadLetters`).MessageRetentionPeriod).toBe(DAYS_14);
});

test.each([
  ['joins', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } }],
  ['lanes', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: settings.sending.senders } }],
  ['feedback', { BatchSize: 10, ScalingConfig: { MaximumConcurrency: 5 } }],
] as const)(
  'messages from %s open their handler, a few at a time, and each fails alone',
  (name, expected) => {
    const source = sourceOf(`${title(name)}Queue`);
    expect(text(source.FunctionName)).toBe(partOf(opening[name], 'Function'));
    expect(source).toMatchObject({ ...expected, FunctionResponseTypes: ['ReportBatchItemFailures'] });
  },
);

test.each(names)('no second run finds a message from %s while the first may still be at it', (name) => {
  const hidden = Number(queue(`${title(name)}Queue`).VisibilityTimeout);
  expect(hidden).toBe(queues[name].visibilityTimeout);
  expect(Number(functionOf(opening[name]).Timeout)).toBeLessThan(hidden);
});

test('an edition of many readers is sent to its end: a lane may queue itself as often as it needs', () => {
  const allowed = handlers.filter((handler) => functionOf(handler).RecursiveLoop === 'Allow');
  expect(allowed).toEqual(['send-digest']);
});

test("SES reports what became of a reader's mail, but not whether it was read", () => {
  const { Properties } = resource(template, 'AWS::SES::ConfigurationSetEventDestination', 'MailRulesEvents');
  const { EventBridgeDestination, ...destination } = Properties.EventDestination as Record<string, unknown>;
  expect(text(Properties.ConfigurationSetName)).toBe('MailRules');
  expect(text((EventBridgeDestination as { EventBusArn: unknown }).EventBusArn)).toMatch(
    /event-bus\/default$/,
  );
  expect(destination).toEqual({
    Enabled: true,
    MatchingEventTypes: ['send', 'delivery', 'bounce', 'complaint', 'reject', 'deliveryDelay'],
  });
});

test("the reports of this newsletter's mails, and of no other's, are queued as feedback", () => {
  const { EventPattern, Targets, ...rule } = resource(
    template,
    'AWS::Events::Rule',
    'SesEventsRule',
  ).Properties;
  const { detail, ...pattern } = EventPattern as { detail: { mail: { tags: Record<string, unknown[]> } } };
  expect(rule).toMatchObject({ State: 'ENABLED' });
  expect(pattern).toEqual({
    source: ['aws.ses'],
    'detail-type': [
      'Email Sent',
      'Email Delivered',
      'Email Bounced',
      'Email Complaint Received',
      'Email Rejected',
      'Email Delivery Delayed',
    ],
  });
  expect(detail.mail.tags['ses:configuration-set']?.map(text)).toEqual(['MailRules']);
  expect(Object.keys(detail.mail.tags)).toHaveLength(1);
  const [target, ...others] = Targets as { Arn: unknown; DeadLetterConfig: { Arn: unknown } }[];
  expect(others).toEqual([]);
  expect(text(target?.Arn)).toBe('FeedbackQueue');
  expect(text(target?.DeadLetterConfig.Arn)).toBe('FeedbackDeadLetters');
});

test('what the local machine reports of a mail has the names that SES has', () => {
  const { EventPattern } = resource(template, 'AWS::Events::Rule', 'SesEventsRule').Properties;
  const known = (EventPattern as { 'detail-type': string[] })['detail-type'];
  const mail = { messageId: '1', from: 'digest@papers.example.org', tags: {}, at: new Date(0) };
  for (const name of ['success', 'bounce', 'ooto', 'complaint', 'suppressionlist']) {
    const events = eventsOf({ ...mail, recipients: [`${name}@simulator.amazonses.com`] });
    expect(known).toEqual(expect.arrayContaining(events.map((event) => event['detail-type'])));
  }
});

test.each(['FeedbackQueue', 'FeedbackDeadLetters'])("only the rule may put SES's reports into %s", (name) => {
  const allowed = statementsOf(template, name).filter(({ Effect }) => Effect === 'Allow');
  expect(allowed).toEqual([
    {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: expect.anything(),
      Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.any(String), 'Arn'] } } },
    },
  ]);
  expect(text(allowed[0]?.Resource)).toBe(name);
  expect(text(allowed[0]?.Condition?.ArnEquals?.['aws:SourceArn'])).toBe('SesEventsRule');
});

test.each(['JoinsQueue', 'JoinsDeadLetters', 'LanesQueue', 'LanesDeadLetters', 'SchedulesDeadLetters'])(
  'nobody outside the account, and no other service, may put anything into %s',
  (name) => {
    expect(statementsOf(template, name).map(({ Effect }) => Effect)).toEqual(['Deny']); // without TLS
  },
);

const title = (name: string): string => name.replace(/^./, (letter) => letter.toUpperCase());

const queue = (name: string) => resource(template, 'AWS::SQS::Queue', name).Properties;

const functionOf = (handler: (typeof handlers)[number]) =>
  resource(template, 'AWS::Lambda::Function', partOf(handler, 'Function')).Properties;

function sourceOf(name: string): Record<string, unknown> {
  const found = resources(template, 'AWS::Lambda::EventSourceMapping').filter(
    ({ Properties }) => text(Properties.EventSourceArn) === name,
  );
  expect(found).toHaveLength(1);
  return found[0]?.Properties ?? {};
}
