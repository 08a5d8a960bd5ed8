/** More tasks that always run: nothing has to start when the load comes. */
import { num } from '../simulator/quantity.ts';
import { type ChangeKind, changed, rising, sizedChange } from './change.ts';
import { scalerOf } from './scaler.ts';

export const raiseMinTasks: ChangeKind = (candidate) => {
  const { node } = candidate;
  if (node.kind !== 'workers' && node.kind !== 'endpoint') return [];
  const scaler = scalerOf(candidate);
  const [min, max] = [num(node.min), num(node.max)];
  if (max <= min) return [];
  const spec = {
    id: 'raise-min-tasks',
    title: `More ${node.kind === 'workers' ? 'tasks' : 'instances'} that always run`,
    resource: scaler.resource,
    property: scaler.min,
    from: String(min),
    values: rising(min, max, max),
  };
  const apply = <N extends typeof node>(one: N, value: number): N => ({
    ...one,
    min: changed(value, spec.property),
    desired: changed(Math.max(value, num(one.desired)), spec.property),
  });
  return node.kind === 'workers'
    ? [sizedChange(candidate, 'workers', { ...spec, set: apply })]
    : [sizedChange(candidate, 'endpoint', { ...spec, set: apply })];
};
