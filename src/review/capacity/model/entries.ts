/**
 * Where load comes in besides APIs: load balancers, queues, topics, buckets and buses that nothing in the app feeds,
 * schedules, function URLs, and functions that nothing else calls (those only when the load names them).
 */
import { isUnresolved, type Resource, textAt } from '../../../architecture/index.ts';
import { type Draft, enter, link, unclear } from './context.ts';
import { functionOf } from './function.ts';
import { servicesBehind } from './integration.ts';
import { intervalOf } from './schedule.ts';
import { targetsOf, triggersOf } from './triggers.ts';

export function buildEntries(draft: Draft): void {
  balancers(draft);
  functionUrls(draft);
  schedules(draft);
  const fed = () =>
    new Set([...draft.links.values()].filter(({ how }) => how !== 'takes').map(({ to }) => to));
  const reached = fed();
  for (const { node, resource } of draft.built.values()) {
    if (node.kind !== 'queue' || reached.has(node.id)) continue;
    const consumed = [...draft.links.values()].some(({ to, how }) => to === node.id && how === 'takes');
    enter(draft, {
      id: resource.name,
      to: node.id,
      how: 'send',
      resource,
      byDefault: consumed && !hasSource(draft, node.id),
    });
  }
  sources(draft);
  const entered = new Set(draft.entries.map(({ to }) => to));
  for (const { node, resource } of draft.built.values()) {
    if (node.kind !== 'function' && node.kind !== 'workers' && node.kind !== 'endpoint') continue;
    if (node.kind === 'workers' && node.takes.kind === 'messages') continue;
    if (fed().has(node.id) || entered.has(node.id)) continue;
    enter(draft, { id: resource.name, to: node.id, how: 'wait', resource, byDefault: false });
  }
  // Nothing else is known to bring load: then what can be called is called.
  if (!draft.entries.some(({ byDefault }) => byDefault))
    draft.entries.splice(
      0,
      draft.entries.length,
      ...draft.entries.map((entry) => ({ ...entry, byDefault: true })),
    );
}

function balancers(draft: Draft): void {
  for (const balancer of draft.app.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer'))
    for (const to of servicesBehind(draft, balancer)) {
      const fed = [...draft.links.values()].some((one) => one.to === to);
      const resource = draft.built.get(to)?.resource ?? balancer;
      link(draft, {
        from: balancer.id,
        to,
        how: 'wait',
        because: `${balancer.name} forwards to it`,
        assumed: false,
      });
      if (!draft.entries.some((entry) => entry.to === to))
        enter(draft, { id: resource.name, to, how: 'wait', resource: balancer, byDefault: !fed });
    }
}

function functionUrls(draft: Draft): void {
  for (const url of draft.app.ofType('AWS::Lambda::Url')) {
    const handler = functionOf(draft, url.properties.TargetFunctionArn);
    if (handler === undefined || !draft.built.has(handler.id)) continue;
    enter(draft, {
      id: `${handler.name} URL`,
      to: handler.id,
      how: 'wait',
      resource: url,
      byDefault: true,
    });
  }
}

function schedules(draft: Draft): void {
  for (const rule of draft.app.ofType('AWS::Events::Rule')) {
    const expression = textAt(rule.properties, 'ScheduleExpression');
    if (expression === undefined) continue;
    const interval = isUnresolved(expression) ? undefined : intervalOf(expression);
    for (const { to } of targetsOf(draft, rule)) {
      if (interval === undefined)
        unclear(
          draft,
          rule,
          'ScheduleExpression',
          'how often it runs does not follow from it; it is left out',
        );
      link(draft, {
        from: rule.id,
        to,
        how: 'send',
        because: `${rule.id}/Properties/Targets`,
        assumed: false,
      });
      enter(draft, {
        id: rule.name,
        to,
        how: 'send',
        resource: rule,
        byDefault: interval !== undefined,
        ...(interval === undefined || isUnresolved(expression)
          ? {}
          : {
              rate: {
                rate: {
                  kind: 'steady' as const,
                  rate: { value: 1 / interval, source: `${rule.id}/Properties/ScheduleExpression` },
                },
                text: expression,
              },
            }),
      });
    }
  }
}

const publishing = new Set(['AWS::SNS::Topic', 'AWS::S3::Bucket', 'AWS::Events::EventBus']);

/** Topics, buckets and buses whose subscribers no caller of the model reaches. */
function sources(draft: Draft): void {
  const fed = new Set(
    [...draft.links.values()].filter(({ how }) => how === 'send' || how === 'wait').map(({ to }) => to),
  );
  const from = (source: Resource | undefined, id: string, resource: Resource) => {
    const targets = [...new Set(triggersOf(draft, source).map(({ to }) => to))].filter((to) =>
      draft.built.has(to),
    );
    for (const to of targets) {
      if (fed.has(to)) continue;
      const name = targets.length === 1 ? id : `${id} → ${draft.built.get(to)?.label ?? to}`;
      link(draft, {
        from: source?.id ?? 'default bus',
        to,
        how: 'send',
        because: `subscribed to ${id}`,
        assumed: false,
      });
      const entry = { id: name, to, how: 'send' as const, resource, byDefault: true };
      const known = draft.entries.findIndex((other) => other.to === to && !other.byDefault);
      if (known >= 0) draft.entries.splice(known, 1);
      enter(draft, entry);
    }
  };
  for (const source of draft.app.resources)
    if (publishing.has(source.type)) from(source, source.name, source);
  const [rule] = draft.app.ofType('AWS::Events::Rule');
  if (rule !== undefined) from(undefined, 'default event bus', rule);
}

/** A topic, bucket or bus that feeds the queue: that is then the entry. */
const hasSource = (draft: Draft, queue: string): boolean =>
  draft.app.resources.some(
    (source) => publishing.has(source.type) && triggersOf(draft, source).some(({ to }) => to === queue),
  );
