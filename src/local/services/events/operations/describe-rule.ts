import { operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { describeRecord } from '../rules.ts';
import { findRule, onRule } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeRule.html */
export const describeRule = (context: EventsContext) =>
  operation('events', 'DescribeRule', {
    accepts: 'all',
    access: onRule(context, 'DescribeRule'),
    handle(input) {
      const record = findRule(context, input.Name, input.EventBusName);
      return { ...describeRecord(context, record), CreatedBy: record.createdBy };
    },
  });
