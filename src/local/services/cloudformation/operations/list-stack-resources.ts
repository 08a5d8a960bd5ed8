import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { toResource } from '../shown.ts';
import { page, stackAccess } from '../stack-requests.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html */
export const listStackResources = (context: CloudFormationContext) =>
  operation('cloudformation', 'ListStackResources', {
    accepts: 'all',
    access: (input) => stackAccess(context, 'ListStackResources', input.StackName),
    handle(input) {
      const stack = context.records.stack(input.StackName ?? '');
      const { items, next } = page(context.records.resources(stack.id), input.NextToken);
      return {
        StackResourceSummaries: items.map((one) => {
          const { StackId, StackName, Timestamp, ...shown } = toResource(stack, one);
          return { ...shown, LastUpdatedTimestamp: Timestamp };
        }),
        NextToken: next,
      };
    },
  });
