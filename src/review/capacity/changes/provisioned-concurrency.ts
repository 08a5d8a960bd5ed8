/** Environments that are always ready: no cold start up to that many at once. */
import { num } from '../simulator/quantity.ts';
import { type ChangeKind, changed, rising, sizedChange } from './change.ts';

export const raiseProvisionedConcurrency: ChangeKind = (candidate) => {
  const { node, model } = candidate;
  if (node.kind !== 'function') return [];
  const from = num(node.provisionedConcurrency, 0);
  const limit = num(node.reservedConcurrency, num(model.system.account?.concurrency, 1_000) - 100);
  return [
    sizedChange(candidate, 'function', {
      id: 'raise-provisioned-concurrency',
      title: from === 0 ? 'Provisioned concurrency' : 'More provisioned concurrency',
      property: 'ProvisionedConcurrencyConfig/ProvisionedConcurrentExecutions (of an alias)',
      from: String(from),
      values: rising(from, 50, Math.min(limit, 500)),
      set: (one, value) => ({
        ...one,
        provisionedConcurrency: changed(value, 'ProvisionedConcurrentExecutions'),
      }),
    }),
  ];
};
