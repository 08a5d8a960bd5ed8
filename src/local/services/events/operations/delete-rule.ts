import { AwsError, operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { findBus, onRule, ruleKey } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteRule.html */
export const deleteRule = (context: EventsContext) =>
  operation('events', 'DeleteRule', {
    // Force is for rules that services manage; there are none here.
    accepts: 'all',
    access: onRule(context, 'DeleteRule'),
    handle({ Name = '', EventBusName }) {
      const { name: bus } = findBus(context, EventBusName);
      const record = context.rules.get(ruleKey(bus, Name));
      if (record && record.targets.length > 0)
        throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
      // As on AWS, deleting what is not there is no error.
      context.rules.delete(ruleKey(bus, Name));
      context.dispatcher.changed();
      return {};
    },
  });
