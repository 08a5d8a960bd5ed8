/**
 * What a scaling policy's metric looks at, from an alarm or a target tracking policy: by name, or by metric math of the
 * few forms that are understood (a sum of depths, a depth divided by tasks). Anything else is refused by name.
 */
import { listAt, type Resource, storeKind, textAt, valueAt } from '../../../architecture/index.ts';
import type { Metric } from '../simulator/model.ts';
import type { Draft } from './context.ts';

type Value = Parameters<typeof valueAt>[0];

type MetricAnswer =
  | { readonly metric: Metric; readonly queue?: Resource; readonly note?: string }
  | { readonly because: string };

const byName: Readonly<Record<string, Metric>> = {
  'AWS/ECS CPUUtilization': 'cpu-utilisation',
  'AWS/EC2 CPUUtilization': 'cpu-utilisation',
  'AWS/SQS ApproximateNumberOfMessagesVisible': 'queue-depth',
  'AWS/ApplicationELB RequestCountPerTarget': 'requests-per-target',
  'AWS/SageMaker InvocationsPerInstance': 'invocations-per-instance',
};

const predefined: Readonly<Record<string, Metric>> = {
  ECSServiceAverageCPUUtilization: 'cpu-utilisation',
  ASGAverageCPUUtilization: 'cpu-utilisation',
  ALBRequestCountPerTarget: 'requests-per-target',
  SageMakerVariantInvocationsPerInstance: 'invocations-per-instance',
};

export const ofPredefined = (name: string): MetricAnswer => {
  const metric = predefined[name];
  return metric === undefined ? { because: `${name} is not modelled` } : { metric };
};

interface Series {
  readonly id: string;
  readonly name: string;
  readonly queue: Resource | undefined;
  readonly expression: string | undefined;
  readonly returns: boolean;
}

/** An alarm's properties, or a CustomizedMetricSpecification: the two have the same words. */
export function metricOf(draft: Draft, holder: Value): MetricAnswer {
  const list = listAt(holder, 'Metrics');
  if (list.length === 0) return single(draft, holder);
  const series = list.map((entry): Series => {
    const metric = valueAt(entry, 'MetricStat.Metric') ?? valueAt(entry, 'MetricStat');
    const expression = textAt(entry, 'Expression');
    return {
      id: String(textAt(entry, 'Id') ?? ''),
      name: nameOf(metric),
      queue: queueOf(draft, metric),
      expression: typeof expression === 'string' ? expression : undefined,
      returns: valueAt(entry, 'ReturnData') !== false && valueAt(entry, 'ReturnData') !== 'false',
    };
  });
  const result = series.find(({ expression, returns }) => expression !== undefined && returns) ?? series[0];
  if (result === undefined) return { because: 'it has no metric' };
  if (result.expression === undefined) return named(result.name, result.queue);
  return ofExpression(result.expression, series);
}

const nameOf = (metric: Value): string =>
  `${String(textAt(metric, 'Namespace') ?? '?')} ${String(textAt(metric, 'MetricName') ?? '?')}`;

function single(draft: Draft, holder: Value): MetricAnswer {
  return named(nameOf(holder), queueOf(draft, holder));
}

function named(name: string, queue: Resource | undefined): MetricAnswer {
  const metric = byName[name];
  if (metric === undefined) return { because: `the metric ${name} is not modelled` };
  if (metric === 'queue-depth' && queue === undefined) return { because: 'its queue is not in this app' };
  return { metric, ...(queue === undefined ? {} : { queue }) };
}

function queueOf(draft: Draft, metric: Value): Resource | undefined {
  const dimension = listAt(metric, 'Dimensions').find((entry) => textAt(entry, 'Name') === 'QueueName');
  return draft.app.namedIn(valueAt(dimension, 'Value')).find((named) => storeKind(named) === 'queue');
}

const visible = 'AWS/SQS ApproximateNumberOfMessagesVisible';
const inFlight = 'AWS/SQS ApproximateNumberOfMessagesNotVisible';
const running = /(RunningTaskCount|GroupInServiceInstances|DesiredTaskCount)$/;

function ofExpression(expression: string, series: readonly Series[]): MetricAnswer {
  const compact = expression.replace(/FILL\((\w+),\s*\w+\)/gi, '$1').replace(/\s+/g, '');
  const byId = new Map(series.map((entry) => [entry.id, entry]));
  const used = [...new Set(compact.match(/[a-z]\w*/g) ?? [])].flatMap((id) => byId.get(id) ?? []);
  const queue = used.find((entry) => entry.queue !== undefined)?.queue;
  const depths = used.filter(({ name }) => name === visible || name === inFlight);
  const counts = used.filter(({ name }) => running.test(name));
  const note = depths.some(({ name }) => name === inFlight)
    ? 'messages in flight are not part of the simulated depth'
    : undefined;
  const more = note === undefined ? {} : { note };
  if (queue === undefined || depths.length === 0)
    return { because: `the metric math ${expression} is not understood` };
  const ids = depths.map(({ id }) => id).join('\\+|');
  if (
    counts.length === 0 &&
    depths.length === used.length &&
    new RegExp(`^\\(?(${ids}|\\+)+\\)?$`).test(compact)
  )
    return { metric: 'queue-depth', queue, ...more };
  const [count] = counts;
  const divided =
    count !== undefined &&
    depths.length + counts.length === used.length &&
    new RegExp(`^(IF\\(.*,)?\\(?[\\w+]+\\)?/(MAX\\(\\[?)?\\(?${count.id}\\b`).test(compact);
  return divided
    ? { metric: 'backlog-per-task', queue, ...more }
    : { because: `the metric math ${expression} is not understood` };
}
