/** Who takes work from a queue or stream by itself: found from the permission to receive, as nothing else names it. */

import type { Resolved } from '../../architecture/app/model.ts';
import { type Architecture, listAt, type Resource, valueAt } from '../../architecture/index.ts';

const receives = /^(\*|sqs:\*|sqs:receive.*|kinesis:\*|kinesis:get.*records?.*|kinesis:subscribetoshard)$/i;
const holds = new Set(['AWS::SQS::Queue', 'AWS::Kinesis::Stream']);
const runs = new Set([
  'AWS::Lambda::Function',
  'AWS::ECS::Service',
  'AWS::EC2::Instance',
  'AWS::AutoScaling::AutoScalingGroup',
]);
const between = new Set([
  'AWS::ECS::TaskDefinition',
  'AWS::IAM::InstanceProfile',
  'AWS::EC2::LaunchTemplate',
]);

/** Queue or stream → the resources that run its consumers. */
export function readConsumers(app: Architecture): ReadonlyMap<Resource, ReadonlySet<Resource>> {
  const found = new Map<Resource, Set<Resource>>();
  for (const policy of app.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Role')) {
    const isRole = policy.type === 'AWS::IAM::Role';
    const documents = isRole
      ? listAt(policy.properties, 'Policies').map((inline) => valueAt(inline, 'PolicyDocument'))
      : [valueAt(policy.properties, 'PolicyDocument')];
    const queues = documents.flatMap((document) => received(app, document));
    if (queues.length === 0) continue;
    const roles = isRole ? [policy] : app.namedIn(policy.properties.Roles);
    for (const role of roles)
      for (const runner of runnersOf(role))
        for (const queue of queues) {
          const list = found.get(queue) ?? new Set();
          found.set(queue, list.add(runner));
        }
  }
  return found;
}

function received(app: Architecture, document: Resolved | undefined): Resource[] {
  return listAt(document, 'Statement').flatMap((statement) => {
    const may = listAt(statement, 'Action').some(
      (action) => typeof action === 'string' && receives.test(action),
    );
    if (!may || valueAt(statement, 'Effect') !== 'Allow') return [];
    return app.namedIn(valueAt(statement, 'Resource')).filter(({ type }) => holds.has(type));
  });
}

function runnersOf(role: Resource, seen = new Set<Resource>()): Resource[] {
  return role.usedBy.flatMap(({ to }) => {
    if (seen.has(to)) return [];
    seen.add(to);
    if (runs.has(to.type)) return [to];
    return between.has(to.type) ? runnersOf(to, seen) : [];
  });
}
