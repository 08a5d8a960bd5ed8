/** A longer visibility timeout: work that takes longer than it comes back while it is still being done. */
import { num } from '../simulator/quantity.ts';
import { type ChangeKind, changed, sizedChange } from './change.ts';

export const raiseVisibilityTimeout: ChangeKind = (candidate) => {
  const { node } = candidate;
  if (node.kind !== 'queue') return [];
  const from = num(node.visibilityTimeout, 30);
  return [
    sizedChange(candidate, 'queue', {
      id: 'raise-visibility-timeout',
      title: 'A longer visibility timeout',
      property: 'VisibilityTimeout',
      from: `${from} s`,
      // SQS allows at most 12 hours.
      values: [2, 4, 10, 30].map((factor) => from * factor).filter((value) => value <= 43_200),
      show: (value) => `${value} s`,
      set: (one, value) => ({ ...one, visibilityTimeout: changed(value, 'VisibilityTimeout') }),
    }),
  ];
};
