/** What the account may cost a month: the operator hears when it does, or is on the way to. */
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** Percent of the budget at which the operator is told. */
const TOLD_AT = 80;

export interface BudgetProps {
  monthlyUsd: number;
  topic: Topic;
}

export class Budget extends Construct {
  readonly monthly: CfnBudget;

  constructor(scope: Construct, id: string, { monthlyUsd, topic }: BudgetProps) {
    super(scope, id);
    const subscribers = [{ subscriptionType: 'SNS', address: topic.topicArn }];
    // The whole account: a budget sees one stack only where somebody made its tag a cost allocation tag by hand.
    this.monthly = new CfnBudget(this, 'Monthly', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: monthlyUsd, unit: 'USD' },
      },
      notificationsWithSubscribers: ['ACTUAL', 'FORECASTED'].map((notificationType) => ({
        notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold: TOLD_AT },
        subscribers,
      })),
    });
    this.monthly.node.addDependency(topic); // and its policy: the budget may publish before it is made
  }
}
