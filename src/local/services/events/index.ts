/**
 * Amazon EventBridge: the default bus, rules by pattern and by schedule, targets SNS, SQS and Lambda.
 * Custom buses, archives, replays, connections, API destinations, pipes and Scheduler are refused by name.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import type { EventsContext } from './context.ts';
import { createDispatcher } from './dispatch.ts';
import { deleteRule } from './operations/delete-rule.ts';
import { describeRule } from './operations/describe-rule.ts';
import { disableRule } from './operations/disable-rule.ts';
import { enableRule } from './operations/enable-rule.ts';
import { listRuleNamesByTarget } from './operations/list-rule-names-by-target.ts';
import { listRules } from './operations/list-rules.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { listTargetsByRule } from './operations/list-targets-by-rule.ts';
import { putEvents } from './operations/put-events.ts';
import { putRule } from './operations/put-rule.ts';
import { putTargets } from './operations/put-targets.ts';
import { removeTargets } from './operations/remove-targets.ts';
import { tagResource } from './operations/tag-resource.ts';
import { untagResource } from './operations/untag-resource.ts';
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
