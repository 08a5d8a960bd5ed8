import { operation } from '../../../service.ts';
import { describeBus } from '../buses.ts';
import type { EventsContext } from '../context.ts';
import { defaultBus, findBus, page } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListEventBuses.html */
export const listEventBuses = (context: EventsContext) =>
  operation('events', 'ListEventBuses', {
    accepts: 'all',
    access: () => ({ action: 'events:ListEventBuses', resource: '*' }),
    handle({ NamePrefix = '', Limit, NextToken }) {
      const own = [...context.buses.values()].filter(({ name }) => name !== defaultBus);
      const all = [findBus(context, defaultBus), ...own].filter(({ name }) => name.startsWith(NamePrefix));
      const { items, next } = page(all, NextToken, Limit);
      return { EventBuses: items.map((bus) => describeBus(context, bus)), NextToken: next };
    },
  });
