import { operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { busArn, busName, findBus } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateEventBus.html */
export const updateEventBus = (context: EventsContext) =>
  operation('events', 'UpdateEventBus', {
    accepts: ['Name', 'Description', 'DeadLetterConfig'],
    access: ({ Name }) => ({
      action: 'events:UpdateEventBus',
      resource: busArn(context, busName(context, Name)),
    }),
    handle({ Name, Description, DeadLetterConfig }) {
      const bus = findBus(context, Name);
      context.buses.put(bus.name, {
        ...bus,
        ...(Description === undefined ? {} : { description: Description }),
        ...(DeadLetterConfig === undefined ? {} : { deadLetterArn: DeadLetterConfig.Arn }),
        changedAt: context.env.clock.now(),
      });
      return { Arn: busArn(context, bus.name), Name: bus.name, Description, DeadLetterConfig };
    },
  });
