/**
 * Capacity units: counted for the caller (ReturnConsumedCapacity) and for the bill.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import type { AwsError, ServiceEnvironment } from '../../service.ts';
import type { Table } from './storage/table.ts';
import { isThrottled, type Side, type Usage } from './storage/throughput.ts';

/** 4 KB a unit, half for an eventually consistent read, double in a transaction. */
export const readUnits = (bytes: number, consistency: 'eventual' | 'strong' | 'transactional'): number =>
  Math.max(1, Math.ceil(bytes / 4096)) * { eventual: 0.5, strong: 1, transactional: 2 }[consistency];

export const noIndexes: ReadonlyMap<string, number> = new Map();

export const multiplied = (usage: Usage, factor: number): Usage => ({
  table: usage.table * factor,
  indexes: new Map([...usage.indexes].map(([name, units]) => [name, units * factor])),
});

export function addUsage(a: Usage | undefined, b: Usage): Usage {
  if (!a) return b;
  const indexes = new Map(a.indexes);
  for (const [name, units] of b.indexes) indexes.set(name, (indexes.get(name) ?? 0) + units);
  return { table: a.table + b.table, indexes };
}

const totalOf = (usage: Usage): number => {
  let total = usage.table;
  for (const units of usage.indexes.values()) total += units;
  return total;
};

/** Takes the units from what the table has, and notes them for the bill. */
export function useUnits(env: ServiceEnvironment, table: Table, side: Side, usage: Usage): void {
  table.throughput.spend(table.record, side, usage);
  meterUsage(env, table, side, usage);
}

export function meterUsage(env: ServiceEnvironment, table: Table, side: Side, usage: Usage): void {
  // Provisioned capacity is billed by the hour, used or not.
  if (table.record.billingMode !== 'PAY_PER_REQUEST') return;
  const quantity = totalOf(usage);
  if (quantity > 0)
    env.meter({ service: 'dynamodb', usage: `${side}-request-units`, quantity, resource: table.record.arn });
}

/** Takes the parts of a batch while there are units; a batch of which nothing can be done is refused. */
export function openBatch(side: Side) {
  let refusal: AwsError | undefined;
  let taken = 0;
  return {
    hasRoom({ throughput, record }: Table): boolean {
      try {
        throughput.admit(record, side);
        taken++;
        return true;
      } catch (error) {
        if (!isThrottled(error)) throw error;
        refusal = error;
        return false;
      }
    },
    end(): void {
      if (refusal && taken === 0) throw refusal;
    },
  };
}

/** @param explicit Transactions also name the side, which the plain operations do not. */
export function consumedCapacity(
  table: Table,
  wanted: string | undefined,
  side: Side,
  usage: Usage,
  explicit = false,
): ConsumedCapacity | undefined {
  if (wanted !== 'TOTAL' && wanted !== 'INDEXES') return undefined;
  const sided = (units: number) =>
    explicit ? (side === 'read' ? { ReadCapacityUnits: units } : { WriteCapacityUnits: units }) : {};
  const total = totalOf(usage);
  const out: ConsumedCapacity = { TableName: table.record.name, CapacityUnits: total, ...sided(total) };
  if (wanted === 'TOTAL') return out;
  out.Table = { CapacityUnits: usage.table, ...sided(usage.table) };
  for (const [name, units] of usage.indexes) {
    const capacity = { CapacityUnits: units, ...sided(units) };
    if (table.index(name)?.kind === 'local')
      out.LocalSecondaryIndexes = { ...out.LocalSecondaryIndexes, [name]: capacity };
    else out.GlobalSecondaryIndexes = { ...out.GlobalSecondaryIndexes, [name]: capacity };
  }
  return out;
}
