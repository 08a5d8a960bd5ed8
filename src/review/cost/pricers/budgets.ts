/** Budgets: https://aws.amazon.com/aws-cost-management/aws-budgets/pricing/ */
import { constant } from '../amount.ts';
import { hoursPerMonth } from '../prices/index.ts';
import { freeOfCharge, line, type Pricer } from './model.ts';

export const budget: Pricer = {
  types: ['AWS::Budgets::Budget', 'AWS::CE::AnomalyMonitor', 'AWS::CE::AnomalySubscription'],
  items: () => [
    freeOfCharge(
      'budgets and alerts cost nothing',
      'https://aws.amazon.com/aws-cost-management/aws-budgets/pricing/',
    ),
  ],
};

export const budgetAction: Pricer = {
  types: ['AWS::Budgets::BudgetsAction'],
  items: () => [line('budgets.actions', constant(hoursPerMonth / 24, 'budget-day'))],
};
