/** docs/cost.md: what the kept units and prices come to for the stack as it is synthesised. */
import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { billOf, piecesOf, type Template as CloudFormation, totalOf } from '../../bench/cost';
import { costPage, PAGE } from '../../bench/cost-page';
import { free } from '../../bench/prices';
import { paperboy } from '../../infra/stack';
import { readSettings } from '../../lambdas/core/settings';
import newsletter from '../../newsletter.example.json';
import { app } from './template';

const template = Template.fromStack(paperboy(app(), readSettings(newsletter)));
const pieces = piecesOf(template.toJSON() as CloudFormation);

test('an operator reads what the measured units cost', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(costPage(pieces));
});

test('a newsletter that nobody reads costs a dollar a month at most', () => {
  const bill = billOf(0, pieces, free);
  expect(totalOf(bill)).toBeGreaterThan(0.4); // the secret
  expect(totalOf(bill)).toBeLessThanOrEqual(1);
});

test('with many readers nearly all that AWS asks is for the mails themselves', () => {
  const bill = billOf(1_000_000, pieces, free);
  expect(totalOf(bill) / (bill['mails'] ?? 0)).toBeLessThan(1.1);
});

const stat = (name: string) => ({
  MetricStat: { Metric: { Namespace: 'Paperboy', MetricName: name }, Period: 300, Stat: 'Sum' },
});

test('an alarm on an expression is paid for by each metric in it, and metrics of our own are counted once', () => {
  const alarm = { Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible' };
  const body = { 'Fn::Join': ['', ['{"metrics":[["Paperboy","Held"],["Paperboy","Sent"]]}']] };
  expect(
    piecesOf({
      Resources: {
        one: { Type: 'AWS::CloudWatch::Alarm', Properties: alarm },
        two: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [stat('Held'), stat('Open')] } },
        three: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: body } },
      },
    }),
  ).toMatchObject({ alarms: 3, metrics: 3, dashboards: 1 });
});
