/**
 * Amazon EventBridge: buses, rules by pattern and by schedule, and the targets that take messages here.
 * Archives, replays, connections, API destinations, partners' buses and endpoints are refused by name.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import type { EventsContext } from './context.ts';
import { createDispatcher } from './dispatch.ts';
import * as operations from './operations/index.ts';
import { eventBus } from './resources/event-bus.ts';
import { eventBusPolicy } from './resources/event-bus-policy.ts';
import { rule } from './resources/rule.ts';
import { createEventsStore } from './store.ts';

export function createEvents(env: ServiceEnvironment): Service {
  const store = createEventsStore(env);
  const dispatcher = createDispatcher(store);
  const context: EventsContext = { ...store, dispatcher };
  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes: [eventBus, eventBusPolicy, rule],
    start: dispatcher.start,
    stop: dispatcher.stop,
  };
}
