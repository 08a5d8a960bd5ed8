import { AwsError, operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { busArn, busName, defaultBus, ruleKey, rulesOf } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteEventBus.html */
export const deleteEventBus = (context: EventsContext) =>
  operation('events', 'DeleteEventBus', {
    accepts: 'all',
    access: ({ Name }) => ({
      action: 'events:DeleteEventBus',
      resource: busArn(context, busName(context, Name)),
    }),
    handle({ Name }) {
      const name = busName(context, Name);
      if (name === defaultBus) throw new AwsError('ValidationException', 'Cannot delete event bus default.');
      // As on AWS, deleting what is not there is no error.
      if (!context.buses.has(name)) return {};
      for (const rule of rulesOf(context, name)) context.rules.delete(ruleKey(name, rule.name));
      context.buses.delete(name);
      context.dispatcher.changed();
      return {};
    },
  });
