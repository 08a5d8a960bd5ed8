/**
 * A monthly cost budget of the whole account, which tells a topic at 80 % spent and at 100 % forecast.
 *
 * Of the account and not of the tags: costs appear by tag only after someone has activated the tag for cost
 * allocation, and until then such a budget stays at zero and silent.
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
 */
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { SlipwayError } from '../core/errors.ts';

export function addBudget(scope: Construct, monthlyUsd: number, topic: Topic): CfnBudget {
  if (!(monthlyUsd > 0)) {
    throw new SlipwayError('blocks.invalid', `monthlyBudgetUsd is ${monthlyUsd}, which is not above 0.`, {
      fix: 'Give the US dollars a month you expect at most, or leave the budget out.',
    });
  }
  const notify = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
    notification: {
      notificationType,
      threshold,
      thresholdType: 'PERCENTAGE',
      comparisonOperator: 'GREATER_THAN',
    },
    subscribers: [{ subscriptionType: 'SNS', address: topic.topicArn }],
  });
  const budget = new CfnBudget(scope, 'Budget', {
    budget: {
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: monthlyUsd, unit: 'USD' },
    },
    notificationsWithSubscribers: [notify('ACTUAL', 80), notify('FORECASTED', 100)],
  });
  // Budgets checks on creation that it may publish to the topic.
  budget.node.addDependency(topic);
  return budget;
}
