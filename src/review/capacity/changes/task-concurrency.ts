/**
 * More jobs or requests at once in a task. It is free, but true only if a task has the CPU and memory for them: offered
 * for work that mostly waits (`cpuPerSlot` stated below 1), not for work whose need of CPU nobody stated.
 */
import { num } from '../simulator/quantity.ts';
import { type ChangeKind, changed, rising, sizedChange } from './change.ts';

export const raiseTaskConcurrency: ChangeKind = (candidate) => {
  const { node } = candidate;
  if (node.kind !== 'workers' || node.cpuPerSlot === undefined) return [];
  const room = 1 / Math.max(num(node.cpuPerSlot), 0.05);
  const from = num(node.concurrency);
  const values = rising(from, Math.min(room, 8), Math.floor(from * room));
  return [
    sizedChange(candidate, 'workers', {
      id: 'raise-task-concurrency',
      title: 'More jobs at once in each task',
      property: 'concurrency of the worker (its code or environment)',
      from: String(from),
      values,
      set: (one, value) => ({
        ...one,
        concurrency: changed(value, 'concurrency'),
        cpuPerSlot: changed(
          Math.min(1, (num(one.cpuPerSlot, 0) * value) / from),
          'the same CPU for each job',
        ),
      }),
    }),
  ];
};
