/** A higher maximum concurrency of an event source mapping that has one. */
import { num } from '../simulator/quantity.ts';
import { type ChangeKind, changed, rising, sizedChange } from './change.ts';

export const raisePollerConcurrency: ChangeKind = (candidate) => {
  const { node } = candidate;
  if (node.kind !== 'poller' || node.maximumConcurrency === undefined) return [];
  const from = num(node.maximumConcurrency);
  return [
    sizedChange(candidate, 'poller', {
      id: 'raise-poller-concurrency',
      title: 'A higher maximum concurrency of the event source mapping',
      property: 'ScalingConfig/MaximumConcurrency',
      from: String(from),
      values: rising(from, 50, 1_000),
      set: (one, value) => ({ ...one, maximumConcurrency: changed(value, 'MaximumConcurrency') }),
    }),
  ];
};
