/** An alarm where users or messages come in, for everything behind it of which nobody is told. */
import type { Component } from '../model.ts';
import type { Change, Surroundings } from './model.ts';

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
  propose: (component, surroundings) => {
    if (component.noticed?.tells === 'person' || !isRoot(component, surroundings)) return undefined;
    const covered = behind(component, surroundings).filter(({ noticed }) => noticed?.tells !== 'person');
    const metric = metrics[component.resource.type] ?? 'its errors';
    return {
      at: `alarm@${component.id}`,
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

/** Where a request or a message comes in: what nothing else needs, and every buffer. */
function isRoot(component: Component, { paths }: Surroundings): boolean {
  if (buffers.has(component.resource.type)) return true;
  if (paths.paths.some(({ entry }) => entry === component.id)) return true;
  for (const [user, needs] of paths.needs) if (user !== component.id && needs.has(component.id)) return false;
  return component.kind !== 'logs';
}

/** What fails visibly at this component: everything behind it up to the next buffer. */
function behind(component: Component, { components, paths }: Surroundings): Component[] {
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
