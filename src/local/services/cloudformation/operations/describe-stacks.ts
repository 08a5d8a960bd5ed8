import type {
  DescribeStacksCommandInput,
  DescribeStacksOutput,
  ListStacksCommandInput,
  ListStacksOutput,
} from '@aws-sdk/client-cloudformation';
import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { page, stackAccess, toStack } from './shared.ts';

/** By name, live stacks only; by id also deleted ones. */
export const describeStacks = (context: CloudFormationContext) =>
  operation<DescribeStacksCommandInput, DescribeStacksOutput>({
    name: 'DescribeStacks',
    accepts: 'all',
    access: (input) => stackAccess(context, 'DescribeStacks', input.StackName || undefined),
    handle(input) {
      const { records } = context;
      if (input.StackName) return { Stacks: [toStack(context, records.stack(input.StackName))] };
      const live = records.liveStacks().sort((a, b) => b.createdAt - a.createdAt);
      const { items, next } = page(live, input.NextToken);
      return { Stacks: items.map((one) => toStack(context, one)), NextToken: next };
    },
  });

export const listStacks = (context: CloudFormationContext) =>
  operation<ListStacksCommandInput, ListStacksOutput>({
    name: 'ListStacks',
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
