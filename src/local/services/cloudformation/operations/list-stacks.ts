import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { toStack } from '../shown.ts';
import { page } from '../stack-requests.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStacks.html */
export const listStacks = (context: CloudFormationContext) =>
  operation('cloudformation', 'ListStacks', {
    accepts: 'all',
    access: () => ({ action: 'cloudformation:ListStacks', resource: '*' }),
    handle(input) {
      const filter = new Set<string>(input.StackStatusFilter ?? []);
      const all = [...context.records.stacks.values()]
        .filter((one) => filter.size === 0 || filter.has(one.status))
        .sort((a, b) => b.createdAt - a.createdAt);
      const { items, next } = page(all, input.NextToken);
      return {
        StackSummaries: items.map((record) => {
          const stack = toStack(context, record);
          return {
            StackId: stack.StackId,
            StackName: stack.StackName,
            ...(stack.Description ? { TemplateDescription: stack.Description } : {}),
            CreationTime: stack.CreationTime,
            LastUpdatedTime: stack.LastUpdatedTime,
            DeletionTime: stack.DeletionTime,
            StackStatus: stack.StackStatus,
            StackStatusReason: stack.StackStatusReason,
            ParentId: stack.ParentId,
            RootId: stack.RootId,
            DriftInformation: { StackDriftStatus: 'NOT_CHECKED' as const },
            LastOperations: stack.LastOperations,
          };
        }),
        NextToken: next,
      };
    },
  });
