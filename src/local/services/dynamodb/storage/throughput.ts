/**
 * Throughput as it is bought: units flow into a bucket at the provisioned rate, and up to 300 seconds of them are kept
 * for bursts. A request is taken while there is something in the bucket, and may leave it in debt.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html
 * On-demand tables have a limit where a maximum was set. Limits of single partitions are not kept: AWS moves partitions
 * apart under load, which no test can wait for.
 */
import type { Clock } from '../../../../core/clock.ts';
import { AwsError, hasCode } from '../../../service.ts';
import type { IndexRecord, TableRecord } from './records.ts';

export type Side = 'read' | 'write';

/** Capacity units by where they were used. */
export interface Usage {
  readonly table: number;
  readonly indexes: ReadonlyMap<string, number>;
}

const burstSeconds = 300;

interface Bucket {
  units: number;
  /** ms: when it was last filled. */
  filled: number;
}

/** Units a second; undefined when nothing limits it. */
function rateOf(
  of: TableRecord | IndexRecord,
  billing: TableRecord['billingMode'],
  side: Side,
): number | undefined {
  if (billing === 'PROVISIONED') return of.throughput?.[side];
  const most = side === 'read' ? of.onDemand?.MaxReadRequestUnits : of.onDemand?.MaxWriteRequestUnits;
  return most !== undefined && most > 0 ? most : undefined;
}

const exceeded = (billing: TableRecord['billingMode'], index: boolean) =>
  billing === 'PAY_PER_REQUEST'
    ? new AwsError(
        'ThrottlingException',
        'Throughput exceeds the maximum OnDemandThroughput configured on table or index.',
      )
    : new AwsError(
        'ProvisionedThroughputExceededException',
        index
          ? 'The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. Consider increasing your provisioning level for the under-provisioned global secondary indexes with the UpdateTable API'
          : 'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
      );

export const isThrottled = (error: unknown): error is AwsError =>
  hasCode(error, 'ProvisionedThroughputExceededException', 'ThrottlingException');

/** The buckets of one table. */
export class Throughput {
  readonly #clock: Clock;
  /** By index (none: the table itself) and side. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * @param index the global index that is read; a write needs units of the table and of every global index
   * @throws when there is nothing left
   */
  admit(record: TableRecord, side: Side, index?: IndexRecord): void {
    const { billingMode } = record;
    if (index?.kind !== 'global' && this.#isEmpty(record, record, side, ''))
      throw exceeded(billingMode, false);
    for (const one of side === 'write' ? record.indexes : index ? [index] : [])
      if (one.kind === 'global' && this.#isEmpty(record, one, side, one.name))
        throw exceeded(billingMode, true);
  }

  /** Local indexes live on their table's units. */
  spend(record: TableRecord, side: Side, usage: Usage): void {
    let own = usage.table;
    for (const [name, units] of usage.indexes) {
      const index = record.indexes.find((one) => one.name === name);
      if (index?.kind === 'global') this.#take(record, index, side, name, units);
      else own += units;
    }
    if (own > 0) this.#take(record, record, side, '', own);
  }

  #isEmpty(record: TableRecord, of: TableRecord | IndexRecord, side: Side, name: string): boolean {
    const rate = rateOf(of, record.billingMode, side);
    return rate !== undefined && this.#filled(rate, side, name).units <= 0;
  }

  #take(record: TableRecord, of: TableRecord | IndexRecord, side: Side, name: string, units: number): void {
    const rate = rateOf(of, record.billingMode, side);
    if (rate !== undefined) this.#filled(rate, side, name).units -= units;
  }

  #filled(rate: number, side: Side, name: string): Bucket {
    const key = `${side} ${name}`;
    const now = this.#clock.now();
    const most = rate * burstSeconds;
    let bucket = this.#buckets.get(key);
    if (!bucket) {
      bucket = { units: most, filled: now };
      this.#buckets.set(key, bucket);
    }
    bucket.units = Math.min(most, bucket.units + (rate * (now - bucket.filled)) / 1000);
    bucket.filled = now;
    return bucket;
  }
}
