/** Who hears of alarms and of the budget, and who may speak there. */
import { Template } from 'aws-cdk-lib/assertions';
import { paperboy } from '../../infra/stack';
import { readSettings } from '../../lambdas/core/settings';
import { app, resource, resources, settings, type Statement, synth, text } from './template';
import { alarmsIn } from './watched';

const template = synth();
const TOPIC = 'WatchAlarmTopic';
const withAlarms = (alarms: object) =>
  Template.fromStack(paperboy(app(), readSettings({ ...settings, alarms })));

test('every alarm, and the budget, speak to the one topic', () => {
  expect(new Set(alarmsIn(template).flatMap(({ tells }) => tells))).toEqual(new Set([TOPIC]));
  const { Properties } = resource(template, 'AWS::Budgets::Budget', 'WatchBudgetMonthly');
  const told = (Properties.NotificationsWithSubscribers as Told[]).map(({ Notification, Subscribers }) => [
    Notification,
    Subscribers.map(({ Address }) => text(Address)),
  ]);
  const at80 = { ComparisonOperator: 'GREATER_THAN', Threshold: 80 };
  expect(told).toEqual([
    [{ NotificationType: 'ACTUAL', ...at80 }, [TOPIC]],
    [{ NotificationType: 'FORECASTED', ...at80 }, [TOPIC]],
  ]);
});

interface Told {
  Notification: object;
  Subscribers: { Address: unknown }[];
}

test('the operator is told by mail where newsletter.json names an address, and else by what they subscribe themselves', () => {
  expect(resources(template, 'AWS::SNS::Subscription')).toEqual([]);
  const [subscription, ...more] = resources(
    withAlarms({ address: 'ada@example.org' }),
    'AWS::SNS::Subscription',
  );
  expect(more).toEqual([]);
  expect(subscription?.Properties).toMatchObject({ Protocol: 'email', Endpoint: 'ada@example.org' });
});

const limitOf = (stack: Template): unknown =>
  resource(stack, 'AWS::Budgets::Budget', 'WatchBudgetMonthly').Properties.Budget;

test('the account may cost what newsletter.json says', () => {
  const monthly = { BudgetType: 'COST', TimeUnit: 'MONTHLY' };
  expect(limitOf(template)).toEqual({ ...monthly, BudgetLimit: { Amount: 20, Unit: 'USD' } });
  expect(limitOf(withAlarms({ monthlyUsd: 75.5 }))).toEqual({
    ...monthly,
    BudgetLimit: { Amount: 75.5, Unit: 'USD' },
  });
});

test("only this account's alarms and budgets may speak there, and only through TLS", () => {
  const { Properties } = resource(template, 'AWS::SNS::TopicPolicy', `${TOPIC}Policy`);
  const { Statement: statements } = Properties.PolicyDocument as { Statement: (Statement & Speaker)[] };
  const [tls, ...allowed] = statements;
  expect(tls).toMatchObject({
    Effect: 'Deny',
    Principal: '*',
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
  const may = allowed.map(({ Effect, Action, Principal, Condition }) => [
    Effect,
    Action,
    Principal,
    text(Condition?.StringEquals?.['aws:SourceAccount']),
    text(Condition?.ArnLike?.['aws:SourceArn']),
  ]);
  const account = 'AWS::AccountId';
  const publish = ['Allow', 'sns:Publish'];
  expect(may).toEqual([
    [
      ...publish,
      { Service: 'cloudwatch.amazonaws.com' },
      account,
      `arn:AWS::Partition:cloudwatch:AWS::Region:${account}:alarm:*`,
    ],
    [...publish, { Service: 'budgets.amazonaws.com' }, account, `arn:AWS::Partition:budgets::${account}:*`],
  ]);
});

interface Speaker {
  Principal: unknown;
}

test.each([
  [{ address: 'nobody' }, 'alarms.address: '],
  [{ monthlyUsd: 0 }, 'alarms.monthlyUsd: must be more than 0'],
  [{ mail: 'ada@example.org' }, 'alarms: unknown setting "mail"'],
])('alarms that newsletter.json sets to %j are refused with the field', (alarms, message) => {
  expect(() => readSettings({ ...settings, alarms })).toThrow(message);
});
