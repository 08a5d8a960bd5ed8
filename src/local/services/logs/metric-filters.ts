/** Metrics made of log events: by metric filters, and by events in the embedded metric format. */
import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import { reasonOf } from '../../../core/events.ts';
import type { ServiceEnvironment } from '../../service.ts';
import { embeddedMetrics, type NamedData } from './embedded-metrics.ts';
import { type Matcher, parseFilterPattern, readObject } from './filter-pattern.ts';
import { parsePath, readPath } from './json-pattern.ts';
import type { Group, KeptFilter } from './log-store.ts';

interface Event {
  readonly timestamp: number;
  readonly message: string;
}

const matchers = new WeakMap<KeptFilter, Matcher>();

function matcherOf(filter: KeptFilter): Matcher {
  let matcher = matchers.get(filter);
  if (!matcher) {
    matcher = parseFilterPattern(filter.pattern);
    matchers.set(filter, matcher);
  }
  return matcher;
}

/** `1`, `$.latency`. @returns undefined when the event has no number there */
function numberFrom(text: string, message: string): number | undefined {
  if (!text.startsWith('$')) return Number.isNaN(Number(text)) ? undefined : Number(text);
  const found = readPath(readObject(message), parsePath(text));
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  return typeof number === 'number' && !Number.isNaN(number) ? number : undefined;
}

function fromFilter(filter: KeptFilter, events: readonly Event[]): NamedData[] {
  const matches = matcherOf(filter);
  const out: NamedData[] = [];
  for (const { timestamp, message } of events) {
    const hit = matches(message);
    for (const to of filter.transformations) {
      const value = hit ? numberFrom(to.metricValue, message) : to.defaultValue;
      if (value === undefined) continue;
      const Dimensions: { Name: string; Value: string }[] = [];
      let complete = true;
      for (const [Name, path] of Object.entries(to.dimensions ?? {})) {
        const found = readPath(readObject(message), parsePath(path));
        if (found === undefined || found === null || typeof found === 'object') complete = false;
        else Dimensions.push({ Name, Value: String(found) });
      }
      if (!complete) continue;
      out.push({
        namespace: to.metricNamespace,
        datum: {
          MetricName: to.metricName,
          Value: value,
          Timestamp: new Date(timestamp),
          ...(to.unit ? { Unit: to.unit as MetricDatum['Unit'] } : {}),
          ...(Dimensions.length > 0 ? { Dimensions } : {}),
        },
      });
    }
  }
  return out;
}

/** Publishes what the events say. A metric that is refused is told to the host; the events are kept anyway. */
export async function publishMetrics(
  env: ServiceEnvironment,
  group: Group,
  events: readonly Event[],
): Promise<void> {
  const data = [...group.filters.values()].flatMap((filter) => fromFilter(filter, events));
  for (const { message, timestamp } of events)
    if (message.includes('"_aws"')) data.push(...embeddedMetrics(readObject(message), timestamp));
  if (data.length === 0) return;
  const byNamespace = new Map<string, MetricDatum[]>();
  for (const { namespace, datum } of data) {
    const list = byNamespace.get(namespace) ?? [];
    list.push(datum);
    byNamespace.set(namespace, list);
  }
  const publish = env.asService('logs.amazonaws.com');
  for (const [Namespace, list] of byNamespace)
    for (let at = 0; at < list.length; at += 1000)
      try {
        await publish('cloudwatch', 'PutMetricData', { Namespace, MetricData: list.slice(at, at + 1000) });
      } catch (error) {
        env.host.notify({
          name: 'metrics.lost',
          data: { logGroup: group.record.name, namespace: Namespace, reason: reasonOf(error) },
        });
      }
}
