import { operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { findRule, onRule, page } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTargetsByRule.html */
export const listTargetsByRule = (context: EventsContext) =>
  operation('events', 'ListTargetsByRule', {
    accepts: 'all',
    access: onRule(context, 'ListTargetsByRule'),
    handle({ Rule, EventBusName, Limit, NextToken }) {
      const { items, next } = page(findRule(context, Rule, EventBusName).targets, NextToken, Limit);
      return { Targets: items, NextToken: next };
    },
  });
