/** More deliveries before a message is given up. */
import { num } from '../simulator/quantity.ts';
import { type ChangeKind, changed, sizedChange } from './change.ts';

export const raiseMaxReceiveCount: ChangeKind = (candidate) => {
  const { node } = candidate;
  if (node.kind !== 'queue' || node.maxReceiveCount === undefined) return [];
  const from = num(node.maxReceiveCount);
  return [
    sizedChange(candidate, 'queue', {
      id: 'raise-max-receive-count',
      title: 'More deliveries before a message is given up',
      property: 'RedrivePolicy/maxReceiveCount',
      from: String(from),
      values: [from + 1, from + 2, from + 4, from + 8, from + 16],
      set: (one, value) => ({ ...one, maxReceiveCount: changed(value, 'maxReceiveCount') }),
    }),
  ];
};
