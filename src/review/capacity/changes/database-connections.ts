/** More connections of a database (a larger class or its parameter), or an RDS Proxy, in whose line queries wait. */
import { storeKind } from '../../../architecture/index.ts';
import { num } from '../simulator/quantity.ts';
import { type ChangeKind, changed, rising, sizedChange } from './change.ts';

export const raiseConnections: ChangeKind = (candidate) => {
  const { node } = candidate;
  if (node.kind !== 'database' || node.maxConnections === undefined) return [];
  const from = num(node.maxConnections);
  return [
    sizedChange(candidate, 'database', {
      id: 'raise-max-connections',
      title: 'More connections: a larger instance class, or max_connections in its parameter group',
      property: 'max_connections',
      from: String(from),
      values: rising(from, 8, 5_000),
      set: (one, value) => ({ ...one, maxConnections: changed(value, 'max_connections') }),
    }),
  ];
};

export const addProxy: ChangeKind = (candidate) => {
  const { node, resource } = candidate;
  const isDatabase = storeKind(resource) === 'database';
  if (
    node.kind !== 'database' ||
    !isDatabase ||
    node.maxConnections === undefined ||
    node.whenFull === 'wait'
  )
    return [];
  return [
    sizedChange(candidate, 'database', {
      id: 'add-rds-proxy',
      title: 'An RDS Proxy before the database: queries wait for a connection instead of being refused',
      property: 'AWS::RDS::DBProxy (a new resource)',
      from: 'none',
      values: [1],
      show: () => 'one',
      set: (one) => ({ ...one, whenFull: 'wait' }),
    }),
  ];
};
