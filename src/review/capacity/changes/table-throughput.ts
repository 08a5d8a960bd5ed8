/** More provisioned throughput of a table. */
import { num } from '../simulator/quantity.ts';
import { type ChangeKind, changed, rising, sizedChange } from './change.ts';

export const raiseTableThroughput: ChangeKind = (candidate) => {
  const { node } = candidate;
  if (node.kind !== 'database' || node.throttle === undefined) return [];
  const source = typeof node.throttle.rate === 'number' ? '' : node.throttle.rate.source;
  if (!source.includes('ProvisionedThroughput')) return [];
  const from = num(node.throttle.rate);
  const units = node.id.endsWith('#writes') ? 'WriteCapacityUnits' : 'ReadCapacityUnits';
  return [
    sizedChange(candidate, 'database', {
      id: 'raise-table-throughput',
      title: 'More provisioned throughput',
      property: `ProvisionedThroughput/${units}`,
      from: String(from),
      values: rising(from, 200),
      set: (one, value) => ({
        ...one,
        throttle: { rate: changed(value, units), burst: changed(value * 300, `300 s of ${units}`) },
      }),
    }),
  ];
};
