import { type Invoke, invalidProperties, resourceType } from '../../../service.ts';

interface EventBusPolicyProperties {
  readonly EventBusName?: string;
  readonly StatementId: string;
  readonly Statement?: object;
  readonly Action?: string;
  readonly Principal?: string;
  readonly Condition?: { readonly Type?: string; readonly Key?: string; readonly Value?: string };
}

async function put(p: EventBusPolicyProperties, invoke: Invoke): Promise<void> {
  if (!p.Statement && !(p.Action && p.Principal))
    throw invalidProperties('Statement, or Action and Principal, must be specified.');
  if (!p.Statement) {
    const { Type = '', Key = '', Value = '' } = p.Condition ?? {};
    await invoke('events', 'PutPermission', {
      EventBusName: p.EventBusName,
      StatementId: p.StatementId,
      Action: p.Action,
      Principal: p.Principal,
      ...(p.Condition ? { Condition: { Type, Key, Value } } : {}),
    });
    return;
  }
  const { Policy } = await invoke('events', 'DescribeEventBus', { Name: p.EventBusName });
  const others = Policy ? (JSON.parse(Policy) as { Statement: { Sid?: string }[] }).Statement : [];
  const Statement = [
    ...others.filter(({ Sid }) => Sid !== p.StatementId),
    { ...p.Statement, Sid: p.StatementId },
  ];
  await invoke('events', 'PutPermission', {
    EventBusName: p.EventBusName,
    Policy: JSON.stringify({ Version: '2012-10-17', Statement }),
  });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbuspolicy.html */
export const eventBusPolicy = resourceType<EventBusPolicyProperties>({
  type: 'AWS::Events::EventBusPolicy',
  mode: 'live',
  honoured: ['EventBusName', 'StatementId', 'Statement', 'Action', 'Principal', 'Condition'],
  async create({ properties: p, invoke }) {
    await put(p, invoke);
    return { physicalId: `${p.EventBusName ?? 'default'}|${p.StatementId}`, attributes: {} };
  },
  // A statement is judged by PutPermission; what the bus has is not there to be read yet.
  rehearse: async ({ properties: p, invoke }) =>
    p.Statement
      ? invoke('events', 'PutPermission', {
          EventBusName: p.EventBusName,
          Policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ ...p.Statement, Sid: p.StatementId }],
          }),
        })
      : put(p, invoke),
  async update({ properties: p, invoke, physicalId }) {
    await put(p, invoke);
    return { physicalId, attributes: {} };
  },
  gone: ['ResourceNotFoundException'],
  async delete({ properties: { EventBusName, StatementId }, invoke }) {
    await invoke('events', 'RemovePermission', { EventBusName, StatementId });
  },
});
