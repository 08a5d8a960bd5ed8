/** A longer timeout of a function whose work does not fit into it; behind an API at most the gateway's own. */
import { num } from '../simulator/quantity.ts';
import { type ChangeKind, changed, sizedChange } from './change.ts';

export const raiseFunctionTimeout: ChangeKind = (candidate) => {
  const { node } = candidate;
  if (node.kind !== 'function') return [];
  const from = num(node.timeout);
  return [
    sizedChange(candidate, 'function', {
      id: 'raise-function-timeout',
      title: 'A longer timeout of the function',
      property: 'Timeout',
      from: `${from} s`,
      // Lambda allows at most 900 s: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
      values: [2, 4, 10, 30]
        .map((factor) => Math.min(900, from * factor))
        .filter((value, i, all) => value > from && all.indexOf(value) === i),
      show: (value) => `${value} s`,
      set: (one, value) => ({ ...one, timeout: changed(value, 'Timeout') }),
    }),
  ];
};
