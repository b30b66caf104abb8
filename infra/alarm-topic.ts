/** Where alarms and the budget speak: a topic, with the operator's mailbox behind it where newsletter.json names one. */
import { ArnFormat, Aws, CfnOutput, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Settings } from '../lambdas/core/settings';

export class AlarmTopic extends Construct {
  readonly topic: Topic;
  /** For who wants to be told by other means than mail. */
  readonly arn: CfnOutput;

  constructor(scope: Construct, id: string, { address }: Settings['alarms']) {
    super(scope, id);
    // SNS encrypts what it stores by itself. With AWS's managed key CloudWatch could not publish, and a key of our own
    // costs a dollar a month (docs/decisions/0022-alarms.md).
    this.topic = new Topic(this, 'Topic', { enforceSSL: true });
    this.let('cloudwatch', { service: 'cloudwatch', resource: 'alarm', resourceName: '*' });
    this.let('budgets', { service: 'budgets', region: '', resource: '*' });
    if (address) this.topic.addSubscription(new EmailSubscription(address));
    this.arn = new CfnOutput(Stack.of(this), 'AlarmTopic', { value: this.topic.topicArn });
  }

  /** Alarms and budgets of this account, and of no other: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
  private let(
    service: string,
    source: { service: string; resource: string; region?: string; resourceName?: string },
  ) {
    const arn = Stack.of(this).formatArn({ arnFormat: ArnFormat.COLON_RESOURCE_NAME, ...source });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': arn },
        },
      }),
    );
  }
}
