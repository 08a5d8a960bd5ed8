import { operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { describeRecord } from '../rules.ts';
import { page, rulesOf } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html */
export const listRules = (context: EventsContext) =>
  operation('events', 'ListRules', {
    accepts: 'all',
    access: () => ({ action: 'events:ListRules', resource: '*' }),
    handle({ EventBusName, NamePrefix = '', Limit, NextToken }) {
      const all = rulesOf(context, EventBusName).filter(({ name }) => name.startsWith(NamePrefix));
      const { items, next } = page(all, NextToken, Limit);
      return { Rules: items.map((record) => describeRecord(context, record)), NextToken: next };
    },
  });
