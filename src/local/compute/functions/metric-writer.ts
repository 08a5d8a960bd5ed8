/**
 * CloudWatch metrics of a service, gathered in memory and published at the start of each minute of the clock.
 * A kill loses the minute that runs, as it does on AWS.
 */
import type { Timer } from '../../../core/clock.ts';
import { reportBug } from '../../../core/report-bug.ts';
import type { ServiceEnvironment } from '../../service.ts';

interface MetricWriter {
  add(name: string, unit: Unit, value: number, dimensions: Dimensions): void;
  flush(): Promise<void>;
}

type Unit = 'Count' | 'Milliseconds';

export type Dimensions = Readonly<Record<string, string>>;

interface Series {
  readonly name: string;
  readonly unit: Unit;
  readonly dimensions: Dimensions;
  readonly minute: number;
  readonly counts: Map<number, number>;
}

const minute = 60_000;
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
const valuesPerDatum = 150;
const dataPerCall = 500;

export function createMetricWriter(
  env: ServiceEnvironment,
  service: string,
  Namespace: string,
): MetricWriter {
  const publish = env.asService(service);
  let series = new Map<string, Series>();
  let timer: Timer | undefined;

  async function flush(): Promise<void> {
    timer?.cancel();
    timer = undefined;
    const MetricData = [...series.values()].flatMap(({ name, unit, dimensions, minute: at, counts }) => {
      const entries = [...counts];
      return Array.from({ length: Math.ceil(entries.length / valuesPerDatum) }, (_, i) => {
        const part = entries.slice(i * valuesPerDatum, (i + 1) * valuesPerDatum);
        return {
          MetricName: name,
          Unit: unit,
          Timestamp: new Date(at),
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
          Values: part.map(([value]) => value),
          Counts: part.map(([, count]) => count),
        };
      });
    });
    series = new Map();
    try {
      for (let at = 0; at < MetricData.length; at += dataPerCall)
        await publish('cloudwatch', 'PutMetricData', {
          Namespace,
          MetricData: MetricData.slice(at, at + dataPerCall),
        });
    } catch (error) {
      reportBug(env.host, `metrics of ${Namespace}`, error);
    }
  }

  return {
    flush,
    add(name, unit, value, dimensions) {
      const now = env.clock.now();
      const at = Math.floor(now / minute) * minute;
      const key = `${at} ${name} ${JSON.stringify(dimensions)}`;
      let one = series.get(key);
      if (!one) {
        one = { name, unit, dimensions, minute: at, counts: new Map() };
        series.set(key, one);
      }
      const rounded = Math.round(value * 100) / 100;
      one.counts.set(rounded, (one.counts.get(rounded) ?? 0) + 1);
      timer ??= env.clock.after(minute - (now % minute), flush);
    },
  };
}
