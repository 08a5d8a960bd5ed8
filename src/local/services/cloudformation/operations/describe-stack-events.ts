import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { noStackNamed } from '../errors.ts';
import { pageSize, positionBefore } from '../event-pages.ts';
import { toEvent } from '../shown.ts';
import { stackAccess } from '../stack-requests.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html */
export const describeStackEvents = (context: CloudFormationContext) =>
  operation('cloudformation', 'DescribeStackEvents', {
    accepts: 'all',
    access: (input) => stackAccess(context, 'DescribeStackEvents', input.StackName),
    handle(input) {
      const stack = context.records.stack(input.StackName ?? '', noStackNamed);
      const { events, next } = context.records.events(stack.id, positionBefore(input.NextToken), pageSize);
      return {
        StackEvents: events.map((event) => toEvent(stack, event)),
        ...(next === undefined ? {} : { NextToken: String(next) }),
      };
    },
  });
