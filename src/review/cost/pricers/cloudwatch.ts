/** Alarms, dashboards, metrics, canaries: https://aws.amazon.com/cloudwatch/pricing/ */

import {
  type Architecture,
  isMap,
  numberAt,
  type Resource,
  textAt,
  valueAt,
} from '../../../architecture/index.ts';
import { isObject } from '../../../core/is-object.ts';
import { constant, times } from '../amount.ts';
import { hoursPerMonth } from '../prices/index.ts';
import { assumption, freeOfCharge, type Item, line, type Pricer, unpriced } from './model.ts';
import { mapsIn, read } from './properties.ts';
import { assumed, each, monthly } from './questions.ts';
import { timesPerMonth } from './schedule.ts';

const page = 'https://aws.amazon.com/cloudwatch/pricing/';

interface Metric {
  readonly namespace: string;
  /** Namespace, name and dimensions: what is billed once. */
  readonly id: string;
}

const metricOf = (namespace: unknown, name: unknown, dimensions: unknown): readonly Metric[] =>
  typeof namespace === 'string' && typeof name === 'string'
    ? [{ namespace, id: `${namespace} ${name} ${JSON.stringify(dimensions ?? [])}` }]
    : [];

function metricsOfAlarm(alarm: Resource): readonly Metric[] {
  const { Namespace, MetricName, Dimensions, Metrics } = alarm.properties;
  return [
    ...metricOf(Namespace, MetricName, Dimensions),
    ...mapsIn(Metrics).flatMap((one) => {
      const metric = valueAt(one, 'MetricStat.Metric');
      return isMap(metric) ? metricOf(metric.Namespace, metric.MetricName, metric.Dimensions) : [];
    }),
  ];
}

/** `["Namespace", "Name", "Dim", "value", {…}]`; `.` repeats the cell above, `...` all of them. */
function metricsOfDashboard(dashboard: Resource): readonly Metric[] | undefined {
  const body = textAt(dashboard.properties, 'DashboardBody');
  if (typeof body !== 'string') return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  const found: Metric[] = [];
  const widgets = isObject(parsed) && Array.isArray(parsed.widgets) ? parsed.widgets : [];
  for (const widget of widgets) {
    const properties = isObject(widget) && isObject(widget.properties) ? widget.properties : {};
    let above: unknown[] = [];
    for (const row of Array.isArray(properties.metrics) ? properties.metrics : []) {
      if (!Array.isArray(row)) continue;
      let cells: unknown[] = row.filter((cell: unknown) => typeof cell === 'string');
      if (cells[0] === '...') cells = [...above.slice(0, above.length - cells.length + 1), ...cells.slice(1)];
      cells = cells.map((cell, index) => (cell === '.' ? above[index] : cell));
      above = cells;
      const pairs: { Name: unknown; Value: unknown }[] = [];
      for (let index = 2; index + 1 < cells.length; index += 2)
        pairs.push({ Name: cells[index], Value: cells[index + 1] });
      found.push(...metricOf(cells[0], cells[1], pairs));
    }
  }
  return found;
}

/** Metrics of the app's own, as far as alarms, filters and dashboards name them; each billed where it is first named. */
function ownMetrics(app: Architecture): ReadonlyMap<Resource, number> {
  const cached = cache.get(app);
  if (cached !== undefined) return cached;
  const seen = new Set<string>();
  const counts = new Map<Resource, number>();
  const take = (by: Resource, metrics: readonly Metric[]) => {
    for (const { namespace, id } of metrics) {
      if (/^(AWS|ECS)\//.test(namespace) || seen.has(id)) continue;
      seen.add(id);
      counts.set(by, (counts.get(by) ?? 0) + 1);
    }
  };
  for (const filter of app.ofType(...metricFilter.types))
    for (const one of mapsIn(filter.properties.MetricTransformations))
      take(filter, metricOf(one.MetricNamespace, one.MetricName, one.Dimensions));
  for (const one of app.ofType(...alarm.types)) take(one, metricsOfAlarm(one));
  for (const one of app.ofType(...dashboard.types)) take(one, metricsOfDashboard(one) ?? []);
  cache.set(app, counts);
  return counts;
}
const cache = new WeakMap<Architecture, ReadonlyMap<Resource, number>>();

const ownMetricLines = (resource: Resource, app: Architecture): readonly Item[] => {
  const count = ownMetrics(app).get(resource) ?? 0;
  return count === 0
    ? []
    : [
        line('cloudwatch.metrics', constant(count, 'metric'), {
          part: 'own metrics',
          note: 'the app’s own metrics that are first named here',
        }),
      ];
};

export const alarm: Pricer = {
  types: ['AWS::CloudWatch::Alarm'],
  items: (resource, flow) => {
    const { number, missing } = read(resource);
    const periods = [
      number('Period', 60),
      ...mapsIn(resource.properties.Metrics).map((one) => {
        const period = numberAt(one, 'MetricStat.Period') ?? numberAt(one, 'Period');
        return typeof period === 'number' ? period : 60;
      }),
    ];
    const fast = periods.some((period) => period !== undefined && period < 60);
    const metrics = Math.max(1, metricsOfAlarm(resource).length);
    const anomaly = resource.properties.ThresholdMetricId !== undefined;
    // An anomaly band is three metrics: the value, its upper and its lower bound.
    const count = anomaly ? metrics * 3 : metrics;
    return [
      line(
        fast ? 'cloudwatch.alarms.high-resolution' : 'cloudwatch.alarms.standard',
        constant(count, 'alarm metric'),
        {
          ...(anomaly ? { note: 'an anomaly alarm is billed as three metrics' } : {}),
        },
      ),
      ...ownMetricLines(resource, flow.app),
      ...missing,
    ];
  },
};

export const compositeAlarm: Pricer = {
  types: ['AWS::CloudWatch::CompositeAlarm'],
  items: () => [line('cloudwatch.alarms.composite', constant(1, 'alarm'))],
};

export const dashboard: Pricer = {
  types: ['AWS::CloudWatch::Dashboard'],
  items: (resource, flow) => [
    line('cloudwatch.dashboards', constant(1, 'dashboard')),
    ...ownMetricLines(resource, flow.app),
    ...(metricsOfDashboard(resource) === undefined
      ? [
          unpriced(
            'Own metrics that it shows',
            'its body is not known before deployment',
            undefined,
            'unresolved',
          ),
        ]
      : []),
  ],
};

export const metricFilter: Pricer = {
  types: ['AWS::Logs::MetricFilter'],
  items: (resource, flow) => {
    const lines = ownMetricLines(resource, flow.app);
    return lines.length > 0 ? lines : [freeOfCharge('its metric is AWS’s or counted elsewhere', page)];
  },
};

export const canary: Pricer = {
  types: ['AWS::Synthetics::Canary'],
  questions: (resource) => [
    each('seconds', 'How long a run takes', 'second', 10, 'a page that is opened and clicked'),
    monthly('runs', 'Runs', 'run', () => {
      const expression = textAt(resource.properties, 'Schedule.Expression');
      const runs = typeof expression === 'string' ? timesPerMonth(expression) : undefined;
      return runs === undefined
        ? assumed(constant(hoursPerMonth * 12, 'run'), 'every five minutes: its schedule cannot be known')
        : {
            amount: constant(runs, 'run'),
            because: `its schedule is ${String(expression)}`,
            kind: 'derived',
          };
    }),
  ],
  items: (resource, flow) => {
    const memory = read(resource).number('RunConfig.MemoryInMB', 960) ?? 960;
    const runs = flow.of(resource, 'runs');
    return [
      line('cloudwatch.canaries', runs),
      line('lambda.requests', runs, { part: 'its function' }),
      line(
        'lambda.duration',
        times(times(runs, flow.of(resource, 'seconds')), memory / 1024, `${memory / 1024} GB`),
        { part: 'its function' },
      ),
      assumption(
        'What a canary stores',
        'not counted',
        'screenshots and logs of its runs go to a bucket and a log group of its own',
      ),
    ];
  },
};

export const monitoringParts: Pricer = {
  types: [
    'AWS::Logs::LogStream',
    'AWS::Logs::SubscriptionFilter',
    'AWS::Logs::ResourcePolicy',
    'AWS::Logs::QueryDefinition',
    'AWS::XRay::SamplingRule',
    'AWS::XRay::Group',
    'AWS::CloudWatch::AnomalyDetector',
    'Custom::LogRetention',
    'Custom::CloudwatchLogResourcePolicy',
  ],
  items: () => [freeOfCharge('counted with the log group or alarm it belongs to', page)],
};

export const insightRule: Pricer = {
  types: ['AWS::CloudWatch::InsightRule'],
  items: () => [
    line('cloudwatch.contributor-insights.rules', constant(1, 'rule')),
    unpriced('Log events it matches', 'how many is not in the template', undefined, 'unresolved'),
  ],
};
