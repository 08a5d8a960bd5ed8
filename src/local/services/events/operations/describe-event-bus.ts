import { operation } from '../../../service.ts';
import { describeBus } from '../buses.ts';
import type { EventsContext } from '../context.ts';
import { busArn, busName, findBus } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventBus.html */
export const describeEventBus = (context: EventsContext) =>
  operation('events', 'DescribeEventBus', {
    accepts: 'all',
    access: ({ Name }) => ({
      action: 'events:DescribeEventBus',
      resource: busArn(context, busName(context, Name)),
    }),
    handle({ Name }) {
      const bus = findBus(context, Name);
      return {
        ...describeBus(context, bus),
        ...(bus.deadLetterArn ? { DeadLetterConfig: { Arn: bus.deadLetterArn } } : {}),
      };
    },
  });
