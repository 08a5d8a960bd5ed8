/**
 * Template → boxes and arrows. Roles, policies, routes, listeners and the like are drawn into the box they serve, so
 * that "function → its role → policy → table" is one arrow.
 */

import {
  type Architecture,
  listAt,
  type Resource,
  resourceRef,
  stepsInStack,
  textAt,
  valueAt,
} from '../../architecture/index.ts';
import type { Resolved } from '../../template/index.ts';
import { boxes, ownedByUser, partOf } from './kinds.ts';
import type { Diagram, DiagramEdge, DiagramNode } from './model.ts';

export function buildDiagram(app: Architecture): Diagram {
  const drawn = app.resources.filter(
    (resource) => boxes[resource.type] !== undefined && !isPlumbing(resource) && !isOfCluster(resource),
  );
  const drawnIds = new Set(drawn.map((resource) => resource.id));
  const parts = new Map<string, Set<string>>();
  const edges = new Map<string, DiagramEdge>();
  const draw = (from: Resource, to: Resource) => {
    if (from !== to && drawnIds.has(from.id) && drawnIds.has(to.id))
      edges.set(`${from.id} ${to.id}`, { from: from.id, to: to.id });
  };
  for (const box of drawn) {
    const within = partsOf(box, app, drawnIds);
    parts.set(box.id, new Set([...within].map((part) => part.id)));
    const granted = grantsOf([box, ...within], app);
    for (const part of [box, ...within])
      for (const { to, kind } of part.uses) {
        // A rule's pattern names what it listens to; what it does is in its targets, below.
        if (kind !== 'value' || isOutward(part, to) || box.type === 'AWS::Events::Rule') continue;
        // Named in the environment, but nothing lets it in: settings that several functions share.
        if (isPolicy(part.type) || !granted.knows || !guarded.has(to.type) || granted.has(to)) {
          if (granted.receivesOnly(to)) draw(to, box);
          else draw(box, to);
        }
      }
  }
  for (const mapping of app.ofType('AWS::Lambda::EventSourceMapping'))
    connect(mapping, 'EventSourceArn', 'FunctionName');
  for (const rule of app.ofType('AWS::Events::Rule'))
    for (const target of listAt(rule.properties, 'Targets'))
      for (const to of app.namedIn(target)) draw(rule, to);
  // A target group's service registers itself: the arrow goes from the load balancer to it.
  for (const service of app.ofType('AWS::ECS::Service'))
    for (const group of app.namedIn(service.properties.LoadBalancers))
      for (const { to: user } of group.usedBy)
        if (user.type.startsWith('AWS::ElasticLoadBalancingV2::Listener'))
          for (const balancer of user.uses)
            if (balancer.to.type.endsWith('::LoadBalancer')) draw(balancer.to, service);

  for (const { from, to } of openings(app))
    for (const client of usersOf(from, parts, drawn))
      for (const server of usersOf(to, parts, drawn))
        if (boxes[server.type]?.category === 'data') draw(client, server);

  function connect(via: Resource, source: string, target: string): void {
    const from = app.named(String(textAt(via.properties, source) ?? ''));
    const to = app.named(String(textAt(via.properties, target) ?? ''));
    if (from === undefined || to === undefined) return;
    draw(from, to);
    // The function's permission to receive would draw the way back.
    edges.delete(`${to.id} ${from.id}`);
  }

  const nodes = drawn.map(
    (resource): DiagramNode => ({
      id: resource.id,
      resource: resourceRef(resource),
      category: boxes[resource.type]?.category ?? 'other',
      kind: kindOf(resource),
      label: labelOf(resource),
      parts: [...(parts.get(resource.id) ?? [])],
    }),
  );
  const groups = new Map<string, string[]>();
  for (const { id, resource } of nodes) {
    const label = app.stacks.length > 1 ? `${resource.stack} / ${resource.block}` : resource.block;
    groups.set(label, [...(groups.get(label) ?? []), id]);
  }
  const inBoxes = new Set([...drawnIds, ...[...parts.values()].flatMap((ids) => [...ids])]);
  const left = new Map<string, number>();
  for (const { id, type } of app.resources) if (!inBoxes.has(id)) left.set(type, (left.get(type) ?? 0) + 1);
  return {
    nodes,
    edges: [...edges.values()],
    groups: [...groups].map(([label, ids]) => ({ label, nodes: ids })),
    left: [...left].map(([type, count]) => ({ type, count })).sort((a, b) => b.count - a.count),
  };
}

/** Everything that is drawn into a box: what names it as its owner, what it owns, and their policies. */
function partsOf(box: Resource, app: Architecture, drawn: ReadonlySet<string>): Set<Resource> {
  const found = new Set<Resource>();
  const visit = (resource: Resource): void => {
    for (const { to } of resource.uses)
      if (ownedByUser.has(to.type) && !found.has(to)) {
        found.add(to);
        visit(to);
      }
    for (const { to: user } of resource.usedBy) {
      if (found.has(user) || drawn.has(user.id)) continue;
      const owner = partOf[user.type];
      const names = owner ? textAt(user.properties, owner) : undefined;
      const isPart = typeof names === 'string' && app.named(names) === resource;
      if (isPart || (resource.type === 'AWS::IAM::Role' && isPolicy(user.type))) {
        found.add(user);
        visit(user);
      }
    }
  };
  visit(box);
  return found;
}

/** Security groups: who may open connections to whom. */
function* openings(app: Architecture): Generator<{ readonly from: Resource; readonly to: Resource }> {
  for (const rule of app.ofType('AWS::EC2::SecurityGroupIngress'))
    for (const to of app.namedIn(rule.properties.GroupId))
      for (const from of app.namedIn(rule.properties.SourceSecurityGroupId)) yield { from, to };
  for (const to of app.ofType('AWS::EC2::SecurityGroup'))
    for (const ingress of listAt(to.properties, 'SecurityGroupIngress'))
      for (const from of app.namedIn(valueAt(ingress, 'SourceSecurityGroupId'))) yield { from, to };
}

/** The boxes that a security group is put on. */
const usersOf = (
  group: Resource,
  parts: ReadonlyMap<string, ReadonlySet<string>>,
  drawn: readonly Resource[],
): readonly Resource[] =>
  drawn.filter((box) => group.usedBy.some(({ to }) => to === box || parts.get(box.id)?.has(to.id)));

/** The instances of a cluster are drawn as the cluster. */
const isOfCluster = (resource: Resource): boolean =>
  resource.type === 'AWS::RDS::DBInstance' && resource.properties.DBClusterIdentifier !== undefined;

const isPolicy = (type: string): boolean => /^AWS::IAM::(Policy|ManagedPolicy|Role)$/.test(type);

/** Types that nobody reaches without an IAM permission. */
const guarded = new Set([
  ...[
    'AWS::S3::Bucket',
    'AWS::DynamoDB::Table',
    'AWS::SQS::Queue',
    'AWS::SNS::Topic',
    'AWS::Lambda::Function',
  ],
  ...['AWS::StepFunctions::StateMachine', 'AWS::SecretsManager::Secret', 'AWS::Kinesis::Stream'],
]);

/** What the policies among a box's parts name, and for queues whether they only take messages out. */
function grantsOf(parts: readonly Resource[], app: Architecture) {
  const actions = new Map<Resource, Set<string>>();
  let everything = false;
  const policies = parts.filter((part) => isPolicy(part.type));
  for (const policy of policies)
    for (const statement of statementsOf(policy)) {
      const named = app.namedIn(valueAt(statement, 'Resource'));
      if (named.length === 0 && listAt(statement, 'Resource').includes('*')) everything = true;
      for (const resource of named) {
        const known = actions.get(resource) ?? new Set();
        for (const action of listAt(statement, 'Action')) known.add(String(action).toLowerCase());
        actions.set(resource, known);
      }
    }
  return {
    /** False where a policy says `*`, or where there is none: then the other references are all there is. */
    knows: policies.length > 0 && !everything && actions.size > 0,
    has: (resource: Resource) => actions.has(resource),
    receivesOnly: (resource: Resource) => {
      const known = actions.get(resource);
      return (
        known?.has('sqs:receivemessage') === true && !known.has('sqs:sendmessage') && !known.has('sqs:*')
      );
    },
  };
}

const statementsOf = (policy: Resource): readonly Resolved[] => [
  ...listAt(policy.properties, 'PolicyDocument.Statement'),
  ...listAt(policy.properties, 'Policies').flatMap((inline) => listAt(inline, 'PolicyDocument.Statement')),
];

/** References that say who may call or log here rather than what this box works with. */
function isOutward(part: Resource, to: Resource): boolean {
  if (part.type === 'AWS::S3::Bucket' && to.type === 'AWS::S3::Bucket') return true;
  // Its name is told to those who must allow it (CORS); traffic runs the other way.
  if (to.type === 'AWS::CloudFront::Distribution') return !part.type.startsWith('AWS::Route53');
  if (to.type === 'AWS::KMS::Key') return false;
  return part.type === 'AWS::KMS::Key' || part.type === 'AWS::SecretsManager::Secret';
}

/** The CDK's own functions for custom resources run at deployment only. */
const isPlumbing = (resource: Resource): boolean =>
  /^(Custom|AWSCDK|CustomResource|LogRetention|BucketNotificationsHandler)|CustomResourceProvider|framework-on/.test(
    resource.logicalId,
  ) || /Provider\/framework-|CustomResource/.test(resource.constructPath ?? '');

function kindOf(resource: Resource): string {
  const protocol = textAt(resource.properties, 'ProtocolType');
  if (protocol === 'WEBSOCKET') return 'WebSocket API';
  if (protocol === 'HTTP') return 'HTTP API';
  const engine = textAt(resource.properties, 'Engine');
  if (typeof engine === 'string' && resource.type.startsWith('AWS::RDS::DB')) return engine;
  return boxes[resource.type]?.kind ?? resource.type;
}

/** `App/Jobs/Queue/Resource` → `Queue`: its block is the frame it stands in. */
function labelOf(resource: Resource): string {
  const path = stepsInStack({ node: resource.node, stack: resource.inStack });
  if (path.length === 0) return resource.logicalId;
  const words = path.filter((word) => !['Resource', 'Default', 'Service', 'Function'].includes(word));
  return words.slice(1).slice(-2).join(' ') || words[0] || [...new Set(path)].join(' ');
}
