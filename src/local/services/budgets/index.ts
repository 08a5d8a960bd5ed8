/** AWS Budgets: a budget is kept; its alert would need AWS's bill. The API itself is refused by name. */
import type { Service } from '../../service.ts';
import { inertType } from '../inert-types.ts';

export const createBudgets = (): Service => ({
  operations: [],
  resourceTypes: [
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-budgets-budget.html
    inertType({
      type: 'AWS::Budgets::Budget',
      because: "a budget watches AWS's bill; there is none here",
      properties: ['Budget', 'NotificationsWithSubscribers', 'ResourceTags'],
      attributes: (Id) => ({ Id }),
      physicalId: ({ properties, uniqueName }) =>
        (properties.Budget as { BudgetName?: string } | undefined)?.BudgetName ?? uniqueName(100),
    }),
  ],
});
