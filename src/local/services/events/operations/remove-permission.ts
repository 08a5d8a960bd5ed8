import { AwsError, operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { busArn, busName, findBus } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemovePermission.html */
export const removePermission = (context: EventsContext) =>
  operation('events', 'RemovePermission', {
    accepts: 'all',
    access: ({ EventBusName }) => ({
      action: 'events:RemovePermission',
      resource: busArn(context, busName(context, EventBusName)),
    }),
    handle({ EventBusName, StatementId, RemoveAllPermissions }) {
      const bus = findBus(context, EventBusName);
      const statements = RemoveAllPermissions ? [] : bus.statements.filter(({ Sid }) => Sid !== StatementId);
      if (!RemoveAllPermissions && statements.length === bus.statements.length)
        throw new AwsError('ResourceNotFoundException', `Statement with id ${StatementId} not found`);
      context.buses.put(bus.name, { ...bus, statements, changedAt: context.env.clock.now() });
      return {};
    },
  });
