import { operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { findRule, onRule, putRuleRecord } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemoveTargets.html */
export const removeTargets = (context: EventsContext) =>
  operation('events', 'RemoveTargets', {
    accepts: 'all',
    access: onRule(context, 'RemoveTargets'),
    handle(input) {
      const record = findRule(context, input.Rule, input.EventBusName);
      const targets = record.targets.filter(({ Id = '' }) => !input.Ids?.includes(Id));
      putRuleRecord(context, { ...record, targets });
      context.dispatcher.changed();
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
  });
