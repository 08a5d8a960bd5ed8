import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { toStack } from '../shown.ts';
import { page, stackAccess } from '../stack-requests.ts';

/** By name, live stacks only; by id also deleted ones. */
export const describeStacks = (context: CloudFormationContext) =>
  operation('cloudformation', 'DescribeStacks', {
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
