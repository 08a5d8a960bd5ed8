/**
 * DynamoDB tables, as two nodes: reads and writes, each with its own throughput. One unit per request is assumed: items
 * up to 4 KB read strongly consistent, up to 1 KB written. Hot partitions and index back-pressure are not modelled.
 */
import { isUnresolved, type Resource, textAt, valueAt } from '../../../architecture/index.ts';
import type { Sourced, Throttle } from '../simulator/model.ts';
import { add, type Draft, propertyOf, quantity, unclear } from './context.ts';
import {
  burstSeconds,
  burstSource,
  onDemandReads,
  onDemandWrites,
  tableRead,
  tableWrite,
} from './defaults.ts';

export const readsOf = (table: Resource): string => `${table.id}#reads`;
export const writesOf = (table: Resource): string => `${table.id}#writes`;

export function buildTables(draft: Draft): void {
  for (const table of draft.app.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable')) {
    const given = draft.work(table);
    const time = given?.time;
    const label = table.name;
    const shared = given?.parallelism === undefined ? {} : { parallelism: given.parallelism };
    const reads = throttleOf(draft, table, 'ReadCapacityUnits', onDemandReads);
    const writes = throttleOf(draft, table, 'WriteCapacityUnits', onDemandWrites);
    add(
      draft,
      {
        kind: 'database',
        id: readsOf(table),
        label: `${label}, reads`,
        query: time ?? tableRead,
        throttle: reads,
        ...shared,
      },
      table,
    );
    add(
      draft,
      {
        kind: 'database',
        id: writesOf(table),
        label: `${label}, writes`,
        query: time ?? tableWrite,
        throttle: writes,
        ...shared,
      },
      table,
    );
  }
}

function throttleOf(draft: Draft, table: Resource, units: string, onDemand: Sourced): Throttle {
  const mode = textAt(table.properties, 'BillingMode');
  const global = table.type === 'AWS::DynamoDB::GlobalTable';
  // Provisioned is CloudFormation's default of a table and of a global table.
  if (mode === 'PAY_PER_REQUEST') return { rate: onDemand, burst: onDemand };
  if (isUnresolved(mode)) unclear(draft, table, 'BillingMode', mode.reason);
  const maximum = valueAt(table.properties, `OnDemandThroughput.Max${units.replace('Capacity', 'Request')}`);
  const rate = quantity(
    draft,
    table,
    global
      ? 'WriteProvisionedThroughputSettings.WriteCapacityAutoScalingSettings.MinCapacity'
      : `ProvisionedThroughput.${units}`,
    undefined,
  );
  if (rate === undefined || maximum !== undefined || (global && units.startsWith('Read'))) {
    if (mode !== undefined) return { rate: onDemand, burst: onDemand };
    unclear(draft, table, `ProvisionedThroughput.${units}`, 'not given; taken as on demand');
    return { rate: { ...onDemand, assumed: true }, burst: { ...onDemand, assumed: true } };
  }
  return {
    rate,
    burst: { value: rate.value * burstSeconds, source: `${burstSource}, of ${propertyOf(table, units)}` },
  };
}
