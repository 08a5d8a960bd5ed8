import { operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { checkBus, findRule, onRule } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemoveTargets.html */
export const removeTargets = (context: EventsContext) =>
  operation('events', 'RemoveTargets', {
    accepts: 'all',
    access: onRule(context, 'RemoveTargets'),
    handle(input) {
      checkBus(context, input.EventBusName);
      const record = findRule(context, input.Rule);
      const targets = record.targets.filter(({ Id = '' }) => !input.Ids?.includes(Id));
      context.rules.put(record.name, { ...record, targets });
      context.dispatcher.changed();
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
  });
