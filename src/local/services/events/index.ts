/**
 * Amazon EventBridge: the default bus, rules by pattern and by schedule, targets SNS, SQS and Lambda.
 * Custom buses, archives, replays, connections, API destinations, pipes and Scheduler are refused by name.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import type { EventsContext } from './context.ts';
import { createDispatcher } from './dispatch.ts';
import { putEvents } from './operations/put-events.ts';
import { putRule } from './operations/put-rule.ts';
import {
  deleteRule,
  describeRule,
  disableRule,
  enableRule,
  listRuleNamesByTarget,
  listRules,
} from './operations/rules.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts';
import { listTargetsByRule, putTargets, removeTargets } from './operations/targets.ts';
import { rule } from './resources/rule.ts';
import { createEventsStore } from './store.ts';

export function createEvents(env: ServiceEnvironment): Service {
  const store = createEventsStore(env);
  const dispatcher = createDispatcher(store);
  const context: EventsContext = { ...store, dispatcher };
  return {
    operations: [
      deleteRule,
      describeRule,
      disableRule,
      enableRule,
      listRuleNamesByTarget,
      listRules,
      listTagsForResource,
      listTargetsByRule,
      putEvents,
      putRule,
      putTargets,
      removeTargets,
      tagResource,
      untagResource,
    ].map((create) => create(context)),
    resourceTypes: [rule],
    start: dispatcher.start,
    stop: dispatcher.stop,
  };
}
