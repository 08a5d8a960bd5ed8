/**
 * Amazon EventBridge: the default bus, rules by pattern and by schedule, targets SNS, SQS and Lambda.
 * Custom buses, archives, replays, connections, API destinations, pipes and Scheduler are refused by name.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import type { EventsContext } from './context.ts';
import { createDispatcher } from './dispatch.ts';
import * as operations from './operations/index.ts';
import { rule } from './resources/rule.ts';
import { createEventsStore } from './store.ts';

export function createEvents(env: ServiceEnvironment): Service {
  const store = createEventsStore(env);
  const dispatcher = createDispatcher(store);
  const context: EventsContext = { ...store, dispatcher };
  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes: [rule],
    start: dispatcher.start,
    stop: dispatcher.stop,
  };
}
