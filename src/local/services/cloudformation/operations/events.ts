/** DescribeStackEvents, and DescribeEvents, its successor, which the cdk CLI asks after a failed change set. */
import type {
  DescribeEventsCommandInput,
  DescribeEventsOutput,
  DescribeStackEventsCommandInput,
  DescribeStackEventsOutput,
} from '@aws-sdk/client-cloudformation';
import { operation, unsupported } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { stackAccess, toEvent } from './shared.ts';

const pageSize = 100;

const before = (token: string | undefined): number | undefined => {
  if (token === undefined) return undefined;
  const seq = Number(token);
  if (!Number.isInteger(seq)) throw invalid(`NextToken ${token} is not one that was given out`);
  return seq;
};

export const describeStackEvents = (context: CloudFormationContext) =>
  operation<DescribeStackEventsCommandInput, DescribeStackEventsOutput>({
    name: 'DescribeStackEvents',
    accepts: 'all',
    access: (input) => stackAccess(context, 'DescribeStackEvents', input.StackName),
    handle(input) {
      const stack = context.records.stack(input.StackName ?? '');
      const { events, next } = context.records.events(stack.id, before(input.NextToken), pageSize);
      return {
        StackEvents: events.map((event) => toEvent(stack, event)),
        ...(next === undefined ? {} : { NextToken: String(next) }),
      };
    },
  });

export const describeEvents = (context: CloudFormationContext) =>
  operation<DescribeEventsCommandInput, DescribeEventsOutput>({
    name: 'DescribeEvents',
    accepts: 'all',
    access: (input) => stackAccess(context, 'DescribeEvents', input.StackName),
    handle(input) {
      // A change set fails here only for want of changes, which is no event.
      if (input.ChangeSetName) return { OperationEvents: [] };
      if (!input.StackName) throw unsupported('DescribeEvents without StackName');
      const stack = context.records.stack(input.StackName);
      const { events, next } = context.records.events(stack.id, before(input.NextToken), pageSize);
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
