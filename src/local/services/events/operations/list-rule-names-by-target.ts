import { operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { page, rulesOf } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRuleNamesByTarget.html */
export const listRuleNamesByTarget = (context: EventsContext) =>
  operation('events', 'ListRuleNamesByTarget', {
    accepts: 'all',
    access: () => ({ action: 'events:ListRuleNamesByTarget', resource: '*' }),
    handle({ EventBusName, TargetArn, Limit, NextToken }) {
      const all = rulesOf(context, EventBusName)
        .filter(({ targets }) => targets.some(({ Arn }) => Arn === TargetArn))
        .map(({ name }) => name);
      const { items, next } = page(all, NextToken, Limit);
      return { RuleNames: items, NextToken: next };
    },
  });
