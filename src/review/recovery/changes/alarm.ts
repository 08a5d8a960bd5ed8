/** Adds an alarm where requests or messages come in. It covers every component behind it whose failure notifies nobody. */
import type { Component } from '../model.ts';
import type { Change, ChangeContext } from './model.ts';

const metrics: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::RestApi': '5XXError',
  'AWS::ApiGatewayV2::Api': '5xx',
  'AWS::CloudFront::Distribution': '5xxErrorRate (in us-east-1)',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'HTTPCode_Target_5XX_Count and HTTPCode_ELB_5XX_Count',
  'AWS::Lambda::Function': 'Errors',
  'AWS::SQS::Queue': 'ApproximateAgeOfOldestMessage',
  'AWS::Kinesis::Stream': 'GetRecords.IteratorAgeMilliseconds',
  'AWS::StepFunctions::StateMachine': 'ExecutionsFailed',
  'AWS::AppSync::GraphQLApi': '5XXError',
};
const buffers = new Set(['AWS::SQS::Queue', 'AWS::Kinesis::Stream', 'AWS::MSK::Cluster']);

export const alarm: Change = {
  id: 'alarm',
  propose: (component, changeContext) => {
    if (component.noticed?.tells === 'person' || !isRoot(component, changeContext)) return undefined;
    const covered = behind(component, changeContext).filter(({ noticed }) => noticed?.tells !== 'person');
    const metric = metrics[component.resource.type] ?? 'its errors';
    return {
      id: `alarm@${component.id}`,
      title: `Tell somebody when ${component.resource.name} fails`,
      how: `AWS::CloudWatch::Alarm on ${metric}, Period 60, EvaluationPeriods 2, with AlarmActions to a topic that a person is subscribed to`,
      components: covered.map(({ id }) => id),
      adds: () => [],
      notices: () => ({
        alarm: `a new alarm on ${component.resource.name}`,
        afterSeconds: 120,
        tells: 'person',
      }),
      prices: [
        {
          priceId: 'cloudwatch.alarms.standard',
          what: 'the alarm',
          quantity: 1,
          basis: { figure: 'one alarm on one metric', source: 'this change', assumed: false },
        },
      ],
    };
  },
};

/** An entry, a queue or stream, or a component that no other one needs. */
function isRoot(component: Component, { paths }: ChangeContext): boolean {
  if (buffers.has(component.resource.type)) return true;
  if (paths.paths.some(({ entry }) => entry === component.id)) return true;
  for (const [user, needs] of paths.needs) if (user !== component.id && needs.has(component.id)) return false;
  return component.kind !== 'logs';
}

/** The components whose failure shows at this one: everything that it needs, up to the next queue or stream. */
function behind(component: Component, { components, paths }: ChangeContext): Component[] {
  const byId = new Map(components.map((each) => [each.id, each]));
  const found = new Set([component]);
  for (const here of found) {
    if (here !== component && buffers.has(here.resource.type)) continue;
    for (const id of paths.needs.get(here.id) ?? []) {
      const next = byId.get(id);
      if (next !== undefined) found.add(next);
    }
  }
  return [...found];
}
