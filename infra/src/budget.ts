// The optional monthly budget.
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';
import { TAG } from './settings.js';

/**
 * It counts the whole account: a budget for our tag alone would see nothing until somebody has made the
 * tag one for cost allocation, which no template can do.
 */
export function budget(scope: Construct, dollars: number, address: string): void {
  const notify = (
    threshold: number,
    notificationType: 'ACTUAL' | 'FORECASTED',
  ): CfnBudget.NotificationWithSubscribersProperty => ({
    notification: { comparisonOperator: 'GREATER_THAN', notificationType, threshold, thresholdType: 'PERCENTAGE' },
    subscribers: [{ address, subscriptionType: 'EMAIL' }],
  });
  new CfnBudget(scope, 'Budget', {
    budget: { budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: dollars, unit: 'USD' } },
    notificationsWithSubscribers: [notify(80, 'ACTUAL'), notify(100, 'ACTUAL'), notify(100, 'FORECASTED')],
    resourceTags: [TAG],
  });
}
