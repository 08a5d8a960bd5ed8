import { AwsError, operation, thrownBy } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { checkedStatements, statementsOf } from '../policy.ts';
import { type BusStatement, busArn, busName, findBus } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html */
export const putPermission = (context: EventsContext) =>
  operation('events', 'PutPermission', {
    accepts: 'all',
    access: ({ EventBusName }) => ({
      action: 'events:PutPermission',
      resource: busArn(context, busName(context, EventBusName)),
    }),
    *problems({ Policy, Action, Principal, StatementId }) {
      if (Policy) yield* thrownBy(() => statementsOf(Policy));
      else if (!Action || !Principal || !StatementId)
        yield new AwsError(
          'ValidationException',
          'Parameters Action, Principal and StatementId must be specified, or Policy.',
        );
    },
    handle({ EventBusName, Policy, Action, Principal = '', StatementId = '', Condition }) {
      const bus = findBus(context, EventBusName);
      const own: BusStatement = {
        Sid: StatementId,
        Effect: 'Allow',
        Principal: Principal === '*' ? '*' : { AWS: `arn:aws:iam::${Principal}:root` },
        Action,
        Resource: busArn(context, bus.name),
        ...(Condition
          ? { Condition: { [Condition.Type ?? '']: { [Condition.Key ?? '']: Condition.Value } } }
          : {}),
      };
      const statements = Policy
        ? statementsOf(Policy)
        : checkedStatements([...bus.statements.filter(({ Sid }) => Sid !== StatementId), own]);
      context.buses.put(bus.name, { ...bus, statements, changedAt: context.env.clock.now() });
      return {};
    },
  });
