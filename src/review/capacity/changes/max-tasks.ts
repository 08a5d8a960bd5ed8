/** More tasks, instances or endpoint instances at most. Where there is no scaling, it is their count that rises. */
import { num } from '../simulator/quantity.ts';
import { type ChangeKind, changed, rising, sizedChange } from './change.ts';
import { scalerOf } from './scaler.ts';

export const raiseMaxTasks: ChangeKind = (candidate) => {
  const { node } = candidate;
  if (node.kind !== 'workers' && node.kind !== 'endpoint') return [];
  const scaler = scalerOf(candidate);
  const max = num(node.max);
  const fixed = max <= num(node.min) && (node.policies ?? []).length === 0;
  const word = node.kind === 'workers' ? 'tasks' : 'instances';
  const spec = {
    id: fixed ? 'raise-count' : 'raise-max-tasks',
    title: fixed ? `More ${word}` : `More ${word} at most`,
    resource: scaler.resource,
    property: fixed ? scaler.count : scaler.max,
    from: String(max),
    values: rising(max, 10),
  };
  const apply = <N extends typeof node>(one: N, value: number): N => {
    const now = changed(value, spec.property);
    return fixed ? { ...one, min: now, desired: now, max: now } : { ...one, max: now };
  };
  return node.kind === 'workers'
    ? [sizedChange(candidate, 'workers', { ...spec, set: apply })]
    : [sizedChange(candidate, 'endpoint', { ...spec, set: apply })];
};
