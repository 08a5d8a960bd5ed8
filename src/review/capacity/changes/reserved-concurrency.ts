/** More reserved concurrency of a function that has some; it is free, and taken from what the others share. */
import { num } from '../simulator/quantity.ts';
import { type ChangeKind, changed, rising, sizedChange } from './change.ts';

export const raiseReservedConcurrency: ChangeKind = (candidate) => {
  const { node, model } = candidate;
  if (node.kind !== 'function' || node.reservedConcurrency === undefined) return [];
  const from = num(node.reservedConcurrency);
  // AWS keeps 100 for the functions that reserve nothing.
  const limit = num(model.system.account?.concurrency, 1_000) - 100;
  return [
    sizedChange(candidate, 'function', {
      id: 'raise-reserved-concurrency',
      title: 'More reserved concurrency',
      property: 'ReservedConcurrentExecutions',
      from: String(from),
      values: rising(from, 100, limit),
      set: (one, value) => ({ ...one, reservedConcurrency: changed(value, 'ReservedConcurrentExecutions') }),
    }),
  ];
};
