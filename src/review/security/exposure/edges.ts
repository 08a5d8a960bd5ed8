/**
 * Where a request, or what it leaves behind, goes on from a resource: from code to the data that it may touch, from a
 * queue or topic to its consumers, from a load balancer to what stands behind it.
 */
import {
  type AccessLevel,
  type AccessModel,
  type Architecture,
  groupIdsOf,
  isMap,
  listAt,
  type Network,
  type Resource,
  storeKind,
  textAt,
  valueAt,
} from '../../../architecture/index.ts';
import { accessReport } from '../access/index.ts';
import type { AccessCell } from '../report.ts';
import { evidenceAt, type Next, show } from './door.ts';

export interface Edges {
  next(from: Resource, written: boolean): readonly Next[];
}

/** Kinds behind which no data of the app lies for whoever comes through code. */
const notData = new Set(['key', 'log-group', 'repository']);

const levelsOf = (cell: AccessCell): AccessLevel[] =>
  (['read', 'write', 'admin'] as const).filter((level) =>
    cell[level].some(({ allowed }) => allowed !== 'cannot-tell'),
  );

export function edgesOf(app: Architecture, access: AccessModel, network: Network): Edges {
  const cells = new Map<string, AccessCell[]>();
  const readers = new Map<string, AccessCell[]>();
  for (const cell of accessReport(app).cells) {
    const own = cells.get(cell.principal) ?? [];
    own.push(cell);
    cells.set(cell.principal, own);
    if (cell.read.length > 0 && ['named', 'implied', 'measured'].includes(cell.need.verdict)) {
      const list = readers.get(cell.store) ?? [];
      list.push(cell);
      readers.set(cell.store, list);
    }
  }

  const stores = (compute: Resource): Next[] => {
    // Whoever is handed a role's credentials is the compute.
    const identity = access.runsAs(compute) ?? access.identityOf(compute);
    if (identity === undefined) return [];
    return (cells.get(identity.resource.id) ?? []).flatMap((cell): Next[] => {
      const to = app.byId(cell.store);
      const levels = levelsOf(cell);
      const grant = [...cell.write, ...cell.read, ...cell.admin][0];
      const kind = to === undefined ? undefined : storeKind(to);
      if (to === undefined || grant === undefined || kind === undefined || notData.has(kind)) return [];
      if (levels.length === 0) return [];
      return [{ to, by: `may ${levels.join(', ')}`, opens: grant.evidence, access: levels }];
    });
  };

  /** By the network: a database lets in whoever is in a group that it admits. */
  const databases = app.resources.filter((resource) => {
    const kind = storeKind(resource);
    return kind === 'database' || kind === 'cache' || kind === 'search' || kind === 'file-system';
  });
  const connects = (compute: Resource): Next[] => {
    const from = network.groups(groupIdsOf(compute));
    if (from.length === 0) return [];
    return databases.flatMap((to): Next[] => {
      const targets =
        to.type === 'AWS::EFS::FileSystem'
          ? app.ofType('AWS::EFS::MountTarget').filter(({ uses }) => uses.some((link) => link.to === to))
          : [to];
      const rule = network.admits(network.groups(targets.flatMap(groupIdsOf)), from);
      if (rule === undefined) return [];
      return [
        {
          to,
          by: 'may connect to',
          opens: { at: rule.path, shows: `admits ${from.map(({ logicalId }) => logicalId).join(', ')}` },
          access: ['read', 'write'],
        },
      ];
    });
  };

  /** Functions and state machines that the compute names and may start. */
  const calls = (compute: Resource): Next[] => {
    const identity = access.runsAs(compute);
    if (identity === undefined) return [];
    return compute.uses.flatMap(({ to, path, kind }): Next[] => {
      const action =
        to.type === 'AWS::Lambda::Function'
          ? 'lambda:InvokeFunction'
          : to.type === 'AWS::StepFunctions::StateMachine'
            ? 'states:StartExecution'
            : undefined;
      if (kind !== 'value' || action === undefined || to === compute) return [];
      const answer = access.may(identity, action, to.arn, to);
      if (answer.allowed === 'no' || answer.allowed === 'cannot-tell') return [];
      return [{ to, by: 'may start', opens: { at: `${compute.id}${path}`, shows: `${action} is allowed` } }];
    });
  };

  return {
    next: (from, written) => {
      switch (from.type) {
        case 'AWS::ECS::Service':
          return [...runs(app, from, 'TaskDefinition'), ...connects(from)];
        case 'AWS::AutoScaling::AutoScalingGroup':
          return launched(app, from);
        case 'AWS::ElasticLoadBalancingV2::TargetGroup':
          return behindTargetGroup(app, from);
        case 'AWS::ElasticLoadBalancingV2::LoadBalancer':
          return behindBalancer(app, from);
        case 'AWS::ElasticLoadBalancingV2::Listener':
          return targetsOf(app, from);
        case 'AWS::Lambda::Alias':
        case 'AWS::Lambda::Version':
          return runs(app, from, 'FunctionName');
        default:
          break;
      }
      const kind = storeKind(from);
      if (kind === undefined) return [...stores(from), ...connects(from), ...calls(from)];
      if (!written) return [];
      return [...consumers(app, from), ...pollers(app, from, readers.get(from.id) ?? [])];
    },
  };
}

function runs(app: Architecture, from: Resource, property: string): Next[] {
  const name = textAt(from.properties, property);
  const to = typeof name === 'string' ? app.named(name) : undefined;
  return to === undefined ? [] : [{ to, by: 'runs', opens: show(from, property) }];
}

function launched(app: Architecture, from: Resource): Next[] {
  const named = ['LaunchTemplate', 'LaunchConfigurationName', 'MixedInstancesPolicy'];
  return named.flatMap((property) =>
    app
      .namedIn(from.properties[property])
      .filter(({ type }) => /Launch(Template|Configuration)$/.test(type))
      .map((to) => ({ to, by: 'launches', opens: show(from, property) })),
  );
}

function behindTargetGroup(app: Architecture, group: Resource): Next[] {
  const found: Next[] = [];
  for (const { to, path, kind } of group.usedBy) {
    const isBehind = to.type === 'AWS::ECS::Service' || to.type === 'AWS::AutoScaling::AutoScalingGroup';
    if (kind === 'value' && isBehind && !found.some((one) => one.to === to))
      found.push({
        to,
        by: 'sends to',
        opens: { at: `${to.id}${path}`, shows: `targets ${group.name}` },
      });
  }
  for (const [index, target] of listAt(group.properties, 'Targets').entries())
    for (const to of app.namedIn(valueAt(target, 'Id')))
      found.push({
        to,
        by: 'sends to',
        opens: evidenceAt(group, `Targets.${index}.Id`, `Id: ${to.name}`),
      });
  return found;
}

export function targetsOf(app: Architecture, listenerOrRule: Resource): Next[] {
  const property = listenerOrRule.type.endsWith('ListenerRule') ? 'Actions' : 'DefaultActions';
  return app
    .namedIn(listenerOrRule.properties[property])
    .filter(({ type }) => type === 'AWS::ElasticLoadBalancingV2::TargetGroup')
    .map((to) => ({
      to,
      by: 'forwards to',
      opens: evidenceAt(listenerOrRule, property, `forwards to ${to.name}`),
    }));
}

const behindBalancer = (app: Architecture, balancer: Resource): Next[] =>
  balancer.usedBy
    .filter(({ to, kind }) => to.type === 'AWS::ElasticLoadBalancingV2::Listener' && kind === 'value')
    .flatMap(({ to }) => targetsOf(app, to));

/** What AWS itself hands the data on to. */
function consumers(app: Architecture, store: Resource): Next[] {
  const found: Next[] = [];
  const add = (at: Resource, property: string, names: readonly Resource[], by: string) => {
    for (const to of names)
      if (to !== store && !found.some((one) => one.to === to))
        found.push({
          to,
          by,
          opens: evidenceAt(at, property, `${property}: ${to.name}`),
          ...(storeKind(to) === undefined ? {} : { access: ['write'] }),
        });
  };
  for (const { to: other, kind, path } of store.usedBy) {
    if (kind !== 'value') continue;
    const { properties } = other;
    if (other.type === 'AWS::Lambda::EventSourceMapping' && path.includes('EventSourceArn'))
      add(other, 'FunctionName', app.namedIn(properties.FunctionName), 'is polled for');
    if (other.type === 'AWS::SNS::Subscription' && path.includes('TopicArn'))
      add(other, 'Endpoint', app.namedIn(properties.Endpoint), 'delivers to');
    if (other.type === 'AWS::Events::Rule' && path.includes('EventBusName'))
      add(other, 'Targets', targetArns(app, other), 'delivers to');
    if (other.type === 'AWS::Pipes::Pipe' && path.endsWith('/Source'))
      add(other, 'Target', app.namedIn(properties.Target), 'is piped to');
    if (other.type === 'Custom::S3BucketNotifications' && path.includes('BucketName'))
      add(other, 'NotificationConfiguration', app.namedIn(properties.NotificationConfiguration), 'notifies');
  }
  add(
    store,
    'NotificationConfiguration',
    app.namedIn(store.properties.NotificationConfiguration),
    'notifies',
  );
  add(store, 'Subscription', app.namedIn(store.properties.Subscription), 'delivers to');
  return found;
}

const targetArns = (app: Architecture, rule: Resource): Resource[] =>
  listAt(rule.properties, 'Targets').flatMap((target) =>
    isMap(target) ? app.namedIn(target.Arn).slice(0, 1) : [],
  );

/** Code that reads a queue or a stream by itself, such as a worker on Fargate. */
function pollers(app: Architecture, store: Resource, readers: readonly AccessCell[]): Next[] {
  const kind = storeKind(store);
  if (kind !== 'queue' && kind !== 'stream') return [];
  return readers.flatMap((cell) => {
    const role = app.byId(cell.principal);
    const compute = (role?.usedBy ?? [])
      .map(({ to }) => to)
      .filter(({ type }) => /^AWS::(ECS::TaskDefinition|Lambda::Function|EC2::Instance)$/.test(type));
    const evidence = cell.read[0]?.evidence;
    return evidence === undefined
      ? []
      : [...new Set(compute)].map((to) => ({ to, by: 'is read by', opens: evidence }));
  });
}
