/** What stands behind a route: from the URI or the connection of an integration. Anything unknown is listed by name. */
import { isUnresolved, type Resource, textAt } from '../../../architecture/index.ts';
import type { Call } from '../simulator/model.ts';
import { type Draft, unclear } from './context.ts';
import { readsOf, writesOf } from './dynamodb.ts';
import { functionOf } from './function.ts';
import { triggersOf } from './triggers.ts';

type Value = Resource['properties'][string] | undefined;

export interface Behind {
  readonly calls: readonly Call[];
  readonly because: string;
}

/** @param holder the method or integration, for the lists */
export function behind(draft: Draft, holder: Resource, uri: Value, path: string): Behind {
  const because = `${holder.id}/Properties/${path}`;
  const calls = (...made: Call[]): Behind => ({ calls: made, because });
  if (isUnresolved(uri)) {
    unclear(draft, holder, path, uri.reason);
    return calls();
  }
  const handler = functionOf(draft, uri);
  if (handler !== undefined) return calls({ to: handler.id, how: 'wait' });
  const [found] = draft.app.namedIn(uri);
  if (found !== undefined && draft.built.has(found.id) && found.type === 'AWS::SQS::Queue')
    return calls({ to: found.id, how: 'send' });
  const text = typeof uri === 'string' ? uri : '';
  const service = /:apigateway:[^:]*:([a-z0-9-]+):/.exec(text)?.[1];
  const direct = service === undefined ? undefined : directCall(draft, holder, service, text);
  if (direct !== undefined) return { calls: direct, because };
  const balanced = found === undefined ? [] : servicesBehind(draft, found);
  if (balanced.length > 0) return { calls: balanced.map((to): Call => ({ to, how: 'wait' })), because };
  unclear(
    draft,
    holder,
    path,
    service !== undefined && service !== 'lambda'
      ? `an integration with ${service} is not modelled: its time is taken as none`
      : 'what is behind it is not part of the model: its time is taken as none',
  );
  return calls();
}

/** Integrations that call a service itself name the resource in their request, and reach it through their role. */
function directCall(draft: Draft, holder: Resource, service: string, uri: string): Call[] | undefined {
  const named = holder.uses.map(({ to }) => to);
  const role = draft.app
    .namedIn([holder.properties.Integration ?? '', holder.properties.CredentialsArn ?? ''])
    .find(({ type }) => type === 'AWS::IAM::Role');
  const candidates = [...named, ...(role?.usedBy ?? []).flatMap(({ to }) => to.uses.map((one) => one.to))];
  if (service === 'sqs') {
    const queue =
      candidates.find((one) => one.type === 'AWS::SQS::Queue' && draft.built.has(one.id)) ??
      draft.app.ofType('AWS::SQS::Queue').find((one) => {
        const property = textAt(one.properties, 'QueueName');
        return typeof property === 'string' && uri.endsWith(`/${property}`);
      });
    return queue === undefined || !draft.built.has(queue.id) ? undefined : [{ to: queue.id, how: 'send' }];
  }
  if (service === 'dynamodb') {
    const table = candidates.find(({ type }) => type === 'AWS::DynamoDB::Table');
    if (table === undefined) return undefined;
    const to = /action\/(Put|Update|Delete|BatchWrite)/.test(uri) ? writesOf(table) : readsOf(table);
    return [{ to, how: 'wait' }];
  }
  if (service === 'sns' || service === 'events') {
    const source = candidates.find(
      ({ type }) => type === 'AWS::SNS::Topic' || type === 'AWS::Events::EventBus',
    );
    if (source === undefined && service === 'sns') return undefined;
    return triggersOf(draft, source).map(({ to }): Call => ({ to, how: 'send' }));
  }
  if (service === 'states') {
    const machine = candidates.find(({ type }) => type === 'AWS::StepFunctions::StateMachine');
    if (machine !== undefined)
      draft.notes.add(`${holder.name} starts ${machine.name}: what it runs is not modelled.`);
  }
  return undefined;
}

/** Workers whose tasks a load balancer or listener forwards to. */
export function servicesBehind(draft: Draft, balancer: Resource): readonly string[] {
  const groups = new Set(targetGroups(draft, balancer));
  return [...draft.built.values()].flatMap(({ node, resource }) => {
    if (node.kind !== 'workers' || node.takes.kind !== 'requests') return [];
    const own = draft.app
      .namedIn([resource.properties.LoadBalancers ?? '', resource.properties.TargetGroupARNs ?? ''])
      .filter(({ type }) => type === 'AWS::ElasticLoadBalancingV2::TargetGroup');
    return own.some((group) => groups.has(group)) ? [node.id] : [];
  });
}

function targetGroups(draft: Draft, resource: Resource): readonly Resource[] {
  const { app } = draft;
  if (resource.type === 'AWS::ElasticLoadBalancingV2::Listener') {
    const rules = app
      .ofType('AWS::ElasticLoadBalancingV2::ListenerRule')
      .filter(({ properties }) => app.namedIn(properties.ListenerArn).includes(resource));
    return [resource, ...rules].flatMap(({ properties }) =>
      app
        .namedIn([properties.DefaultActions ?? '', properties.Actions ?? ''])
        .filter(({ type }) => type === 'AWS::ElasticLoadBalancingV2::TargetGroup'),
    );
  }
  if (resource.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer')
    return app
      .ofType('AWS::ElasticLoadBalancingV2::Listener')
      .filter(({ properties }) => app.namedIn(properties.LoadBalancerArn).includes(resource))
      .flatMap((listener) => targetGroups(draft, listener));
  if (resource.type === 'AWS::ElasticLoadBalancingV2::TargetGroup') {
    // A network load balancer may forward to an application load balancer.
    const next = app
      .namedIn(resource.properties.Targets)
      .filter(({ type }) => type === 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    return [resource, ...next.flatMap((one) => targetGroups(draft, one))];
  }
  if (resource.type === 'AWS::ApiGateway::VpcLink')
    return app.namedIn(resource.properties.TargetArns).flatMap((one) => targetGroups(draft, one));
  return [];
}
