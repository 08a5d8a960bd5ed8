/**
 * The embedded metric format: log events that carry metrics. An event that breaks the format is a plain event.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */

import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import { isObject } from '../../../core/is-object.ts';

export interface NamedData {
  readonly namespace: string;
  readonly datum: MetricDatum;
}

type Json = Readonly<Record<string, unknown>>;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export function embeddedMetrics(event: object | undefined, logged: number): NamedData[] {
  if (!isObject(event) || !isObject(event._aws)) return [];
  const { Timestamp, CloudWatchMetrics } = event._aws;
  const timestamp = new Date(typeof Timestamp === 'number' ? Timestamp : logged);
  const out: NamedData[] = [];
  for (const directive of list(CloudWatchMetrics)) {
    if (!isObject(directive) || typeof directive.Namespace !== 'string') continue;
    const sets = list(directive.Dimensions).length > 0 ? list(directive.Dimensions) : [[]];
    for (const set of sets) {
      const names = list(set).map(String);
      // A dimension without a value in the event takes its whole set out.
      if (names.some((name) => !['string', 'number', 'boolean'].includes(typeof event[name]))) continue;
      const Dimensions = names.map((Name) => ({ Name, Value: String(event[Name]) }));
      for (const metric of list(directive.Metrics)) {
        const datum = isObject(metric) ? read(event, metric) : undefined;
        if (datum)
          out.push({ namespace: directive.Namespace, datum: { ...datum, Dimensions, Timestamp: timestamp } });
      }
    }
  }
  return out;
}

function read(event: Json, metric: Json): MetricDatum | undefined {
  const { Name, Unit, StorageResolution } = metric;
  if (typeof Name !== 'string') return undefined;
  const values = [event[Name]].flat().filter((value) => typeof value === 'number');
  if (values.length === 0 || values.length > 100) return undefined;
  return {
    MetricName: Name,
    ...(typeof Unit === 'string' ? { Unit: Unit as MetricDatum['Unit'] } : {}),
    ...(StorageResolution === 1 ? { StorageResolution: 1 } : {}),
    ...(values.length === 1 ? { Value: values[0] } : { Values: values, Counts: values.map(() => 1) }),
  };
}
