import { defineType } from './facts.ts';

export const budgetsBudget = defineType({
  type: 'AWS::Budgets::Budget',
  called: 'budget',
});
