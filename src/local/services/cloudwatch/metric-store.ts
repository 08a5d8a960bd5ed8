/**
 * Metrics and their data: one aggregate per metric, minute (second, when sent with a resolution of 1) and unit,
 * for 15 days of the clock.
 */
import type { ServiceEnvironment } from '../../service.ts';
import type { Collection } from '../../store/store.ts';
import { type Aggregate, merge } from './statistics.ts';

export type Dimensions = readonly (readonly [name: string, value: string])[];

interface Metric {
  readonly id: number;
  readonly namespace: string;
  readonly name: string;
  /** By name. */
  readonly dimensions: Dimensions;
  lastAt: number;
}

export interface NewData {
  readonly name: string;
  readonly dimensions: Dimensions;
  readonly timestamp: number;
  readonly unit: string;
  readonly aggregate: Aggregate;
}

type Kept = readonly [
  count: number,
  sum: number,
  min: number,
  max: number,
  values?: readonly number[],
  counts?: readonly number[],
];

export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly unit?: string | undefined;
}

const retention = 15 * 24 * 3_600_000;
const hour = 3_600_000;

export const sortDimensions = (dimensions: Dimensions): Dimensions =>
  [...dimensions].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

export class MetricStore {
  readonly #env: ServiceEnvironment;
  readonly #kept: Collection<Metric>;
  readonly #data: Collection<Kept>;
  readonly #metrics = new Map<string, Metric>();
  #lastId = 0;

  constructor(env: ServiceEnvironment) {
    this.#env = env;
    this.#kept = env.store.collection('cloudwatch.metrics');
    this.#data = env.store.collection('cloudwatch.data');
    for (const metric of this.#kept.values()) {
      this.#metrics.set(keyOf(metric.namespace, metric.name, metric.dimensions), metric);
      this.#lastId = Math.max(this.#lastId, metric.id);
    }
  }

  put(namespace: string, data: readonly NewData[]): void {
    this.#env.store.transaction(() => {
      for (const one of data) {
        const { id } = this.#touch(namespace, one);
        const key = [id, one.timestamp, one.unit];
        const before = this.#data.get(key);
        const { count, sum, min, max, values } = merge(before && unpack(before), one.aggregate);
        this.#data.put(key, [
          count,
          sum,
          min,
          max,
          ...(values ? ([values.map(([value]) => value), values.map(([, times]) => times)] as const) : []),
        ] as Kept);
      }
    });
  }

  #touch(namespace: string, { name, dimensions, timestamp }: NewData): Metric {
    const key = keyOf(namespace, name, dimensions);
    let metric = this.#metrics.get(key);
    if (!metric) {
      metric = { id: ++this.#lastId, namespace, name, dimensions, lastAt: timestamp };
      this.#metrics.set(key, metric);
      this.#kept.put(metric.id, metric);
    } else if (timestamp > metric.lastAt) {
      // When it was last heard of is stored by the hour only.
      const store = Math.floor(timestamp / hour) !== Math.floor(metric.lastAt / hour);
      metric.lastAt = timestamp;
      if (store) this.#kept.put(metric.id, metric);
    }
    return metric;
  }

  find(namespace: string, name: string, dimensions: Dimensions): Metric | undefined {
    return this.#metrics.get(keyOf(namespace, name, sortDimensions(dimensions)));
  }

  all(): Iterable<Metric> {
    return this.#metrics.values();
  }

  /** Aggregates by period; a period is known by its start. */
  series(metric: Metric | undefined, { start, end, unit }: Span, period: number): Map<number, Aggregate> {
    const out = new Map<number, Aggregate>();
    if (!metric) return out;
    for (const [[, at, of], kept] of this.#data.entries({ prefix: metric.id, from: [start] })) {
      const timestamp = Number(at);
      if (timestamp >= end) break;
      if (unit !== undefined && unit !== of) continue;
      const slot = start + Math.floor((timestamp - start) / period) * period;
      out.set(slot, merge(out.get(slot), unpack(kept)));
    }
    return out;
  }

  /** The unit of the newest data, for answers that name one. */
  unitOf(metric: Metric | undefined, { start, end }: Span): string | undefined {
    if (!metric) return undefined;
    for (const [[, at, unit]] of this.#data.entries({ prefix: metric.id, from: [start] }))
      if (Number(at) < end) return String(unit);
    return undefined;
  }

  sweep(): void {
    const cutoff = this.#env.clock.now() - retention;
    for (const [key, metric] of this.#metrics) {
      const old: (readonly (string | number)[])[] = [];
      for (const [[id, at, unit]] of this.#data.entries({ prefix: metric.id })) {
        if (Number(at) >= cutoff) break;
        old.push([Number(id), Number(at), String(unit)]);
      }
      this.#env.store.transaction(() => {
        for (const one of old) this.#data.delete(one);
        if (metric.lastAt < cutoff) this.#kept.delete(metric.id);
      });
      if (metric.lastAt < cutoff) this.#metrics.delete(key);
    }
  }
}

const keyOf = (namespace: string, name: string, dimensions: Dimensions): string =>
  JSON.stringify([namespace, name, dimensions]);

function unpack([count, sum, min, max, values, counts]: Kept): Aggregate {
  return {
    count,
    sum,
    min,
    max,
    ...(values && counts ? { values: values.map((value, i) => [value, counts[i] ?? 1] as const) } : {}),
  };
}
