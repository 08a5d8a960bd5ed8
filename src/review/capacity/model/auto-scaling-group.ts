/**
 * EC2 Auto Scaling groups as workers: behind a target group (requests), or of a queue that the instance role may
 * receive from. Groups that only carry ECS tasks are part of those services, and are listed.
 */
import { listAt, type Resource, valueAt } from '../../../architecture/index.ts';
import type { Call, ScalingPolicy, WorkersNode } from '../simulator/model.ts';
import { add, type Draft, link, notModelled, propertyOf, quantity, stated } from './context.ts';
import {
  balancerTimeout,
  instanceStart,
  jobsAtOnce,
  requestsAtOnce,
  requestTime,
  workTime,
} from './defaults.ts';
import type { Permissions } from './permissions.ts';
import { stepScaling, targetTracking } from './scaling.ts';

export interface Group {
  readonly resource: Resource;
  readonly role: Resource | undefined;
  /** The launch template or configuration, whose user data may name things. */
  readonly launches: Resource;
  readonly queue?: Resource;
  readonly because: string;
}

export function groupsWithLoad(draft: Draft, permissions: Permissions): readonly Group[] {
  return draft.app.ofType('AWS::AutoScaling::AutoScalingGroup').flatMap((resource): Group[] => {
    const launches =
      draft.app
        .namedIn([
          resource.properties.LaunchTemplate ?? '',
          resource.properties.LaunchConfigurationName ?? '',
        ])
        .find(({ type }) => /Launch(Template|Configuration)$/.test(type)) ?? resource;
    const profile = draft.app
      .namedIn(launches.properties)
      .find(({ type }) => type === 'AWS::IAM::InstanceProfile');
    const role = draft.app.namedIn(profile?.properties.Roles)[0];
    if (listAt(resource.properties, 'TargetGroupARNs').length > 0)
      return [{ resource, role, launches, because: propertyOf(resource, 'TargetGroupARNs') }];
    const queue = draft.app
      .ofType('AWS::SQS::Queue')
      .find((one) => draft.built.has(one.id) && permissions.may(role, ['sqs:ReceiveMessage'], one.arn));
    if (queue !== undefined)
      return [{ resource, role, launches, queue, because: `${role?.name} may sqs:ReceiveMessage` }];
    notModelled(
      draft,
      resource,
      'it is behind no target group, and its role may receive from no queue of this app (a group of an ECS cluster carries tasks)',
    );
    return [];
  });
}

export function buildGroup(draft: Draft, group: Group, calls: readonly Call[]): void {
  const { resource, queue } = group;
  const given = draft.work(resource);
  const min = quantity(draft, resource, 'MinSize', stated(0, 'not given'));
  const max = quantity(draft, resource, 'MaxSize', stated(1, 'not given'));
  const wanted = quantity(draft, resource, 'DesiredCapacity', min);
  const highest = Math.max(max.value, min.value);
  const node: WorkersNode = {
    kind: 'workers',
    id: resource.id,
    takes:
      queue === undefined
        ? { kind: 'requests', timeout: balancerTimeout }
        : { kind: 'messages', queue: queue.id },
    min,
    desired: { ...wanted, value: Math.min(Math.max(wanted.value, min.value), highest) },
    max: { ...max, value: highest },
    startUp: given?.startUp ?? instanceStart,
    concurrency: given?.concurrency ?? (queue === undefined ? requestsAtOnce : jobsAtOnce),
    service: given?.time ?? (queue === undefined ? requestTime : workTime),
    policies: policiesOf(draft, resource, queue?.id),
    calls,
    ...(given?.takesWhenFree === undefined ? {} : { takesWhenFree: given.takesWhenFree }),
    ...(given?.cpuPerSlot === undefined ? {} : { cpuPerSlot: given.cpuPerSlot }),
    ...(given?.failure === undefined ? {} : { failure: given.failure }),
    ...(given?.interruptionsPerHour === undefined
      ? {}
      : { interruptionsPerHour: given.interruptionsPerHour }),
  };
  add(draft, node, resource);
  if (queue !== undefined)
    link(draft, { from: resource.id, to: queue.id, how: 'takes', because: group.because, assumed: false });
}

function policiesOf(draft: Draft, group: Resource, queue: string | undefined): ScalingPolicy[] {
  return draft.app
    .ofType('AWS::AutoScaling::ScalingPolicy')
    .filter(({ properties }) => draft.app.namedIn(properties.AutoScalingGroupName).includes(group))
    .flatMap((policy) =>
      valueAt(policy.properties, 'TargetTrackingConfiguration') === undefined
        ? stepScaling(draft, policy, '', queue)
        : targetTracking(draft, policy, queue, 'TargetTrackingConfiguration'),
    );
}
