import { operation, unsupported } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { pageSize, positionBefore } from '../event-pages.ts';
import { toEvent } from '../shown.ts';
import { stackAccess } from '../stack-requests.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeEvents.html */
export const describeEvents = (context: CloudFormationContext) =>
  operation('cloudformation', 'DescribeEvents', {
    accepts: 'all',
    access: (input) => stackAccess(context, 'DescribeEvents', input.StackName),
    handle(input) {
      // A change set fails here only for want of changes, which is no event.
      if (input.ChangeSetName) return { OperationEvents: [] };
      if (!input.StackName) throw unsupported('DescribeEvents without StackName');
      const stack = context.records.stack(input.StackName);
      const { events, next } = context.records.events(stack.id, positionBefore(input.NextToken), pageSize);
      const wanted = events.filter(
        (event) =>
          (!input.OperationId || event.operationId === input.OperationId) &&
          (!input.Filters?.FailedEvents || event.status.endsWith('_FAILED')),
      );
      return {
        OperationEvents: wanted.map((event) => {
          const { StackName, ...shown } = toEvent(stack, event);
          return { ...shown, EventType: 'STACK_EVENT' as const };
        }),
        ...(next === undefined ? {} : { NextToken: String(next) }),
      };
    },
  });
