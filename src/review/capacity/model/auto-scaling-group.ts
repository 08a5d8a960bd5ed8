/** EC2 Auto Scaling groups as workers. Groups that only carry ECS tasks are part of those services, and are listed. */
import { scalingOf, valueAt } from '../../../architecture/index.ts';
import type { ScalingPolicy } from '../simulator/model.ts';
import { type Draft, quantity, stated } from './context.ts';
import { instanceStart } from './defaults.ts';
import { stepScaling, targetTracking } from './scaling.ts';
import { addWorkers, type Workers, workersOf } from './workers.ts';

export const groupsWithLoad = (draft: Draft): readonly Workers[] =>
  draft.app
    .ofType('AWS::AutoScaling::AutoScalingGroup')
    .flatMap((resource) => workersOf(draft, resource, 'TargetGroupARNs') ?? []);

export function buildGroup(draft: Draft, group: Workers): void {
  const { resource } = group;
  const min = quantity(draft, resource, 'MinSize', stated(0, 'not given'));
  addWorkers(draft, group, {
    min,
    desired: quantity(draft, resource, 'DesiredCapacity', min),
    max: quantity(draft, resource, 'MaxSize', stated(1, 'not given')),
    startUp: instanceStart,
    policies: policiesOf(draft, group),
  });
}

const policiesOf = (draft: Draft, { resource, queue }: Workers): ScalingPolicy[] =>
  scalingOf(draft.app, resource).policies.flatMap((policy) =>
    valueAt(policy.properties, 'TargetTrackingConfiguration') === undefined
      ? stepScaling(draft, policy, '', queue?.id)
      : targetTracking(draft, policy, queue?.id, 'TargetTrackingConfiguration'),
  );
