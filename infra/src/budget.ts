// The optional monthly budget.
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';
import { TAG } from './settings.js';

/**
 * It covers the whole account. A budget for our tag alone would stay at zero until somebody activates the
 * tag for cost allocation, which no template can do.
 */
export function budget(scope: Construct, dollars: number, address: string): void {
  const notification = (
    threshold: number,
    notificationType: 'ACTUAL' | 'FORECASTED',
  ): CfnBudget.NotificationWithSubscribersProperty => ({
    notification: { comparisonOperator: 'GREATER_THAN', notificationType, threshold, thresholdType: 'PERCENTAGE' },
    subscribers: [{ address, subscriptionType: 'EMAIL' }],
  });
  new CfnBudget(scope, 'Budget', {
    budget: { budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: dollars, unit: 'USD' } },
    notificationsWithSubscribers: [
      notification(80, 'ACTUAL'),
      notification(100, 'ACTUAL'),
      notification(100, 'FORECASTED'),
    ],
    resourceTags: [TAG],
  });
}
