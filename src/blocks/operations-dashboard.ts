/** One dashboard, top to bottom: alarms and live metrics, job status, performance trend, error analysis. */
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  LogQueryWidget,
  SingleValueWidget,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { JobMetrics, OperationsProps } from './operations-props.ts';

export interface DashboardProps extends OperationsProps {
  readonly metrics: JobMetrics;
  readonly failures: IMetric;
  readonly alarms: readonly Alarm[];
}

const heading = (markdown: string): IWidget =>
  new TextWidget({ markdown: `## ${markdown}`, width: 24, height: 1 });
const graph = (title: string, left: readonly IMetric[], right: readonly IMetric[] = []): GraphWidget =>
  new GraphWidget({ title, width: 8, height: 6, left: [...left], right: [...right] });

export function operationsDashboard(scope: Construct, props: DashboardProps): Dashboard {
  const dashboard = new Dashboard(scope, 'Dashboard', { defaultInterval: Duration.hours(3) });
  for (const row of [live(props), jobStatus(props), trend(props), errors(props)])
    dashboard.addWidgets(...row);
  return dashboard;
}

function live({ alarms, pipeline, api }: DashboardProps): IWidget[] {
  const { queue, deadLetterQueue, worker } = pipeline;
  const short = { period: Duration.minutes(1), statistic: Stats.MAXIMUM };
  return [
    heading('Live'),
    new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 2 }),
    graph('Queue', [
      queue.metricApproximateNumberOfMessagesVisible({ ...short, label: 'waiting' }),
      queue.metricApproximateNumberOfMessagesNotVisible({ ...short, label: 'in hand' }),
      deadLetterQueue.metricApproximateNumberOfMessagesVisible({ ...short, label: 'dead letters' }),
    ]),
    graph('Worker', [
      worker.service.metricCpuUtilization({ label: 'CPU, %' }),
      worker.service.metricMemoryUtilization({ label: 'memory, %' }),
    ]),
    graph(
      'API',
      [api.api.metricCount({ label: 'calls' })],
      [api.api.metricLatency({ label: 'latency p95, ms', statistic: 'p95' })],
    ),
  ];
}

function jobStatus({ metrics }: DashboardProps): IWidget[] {
  return [
    heading('Jobs'),
    new SingleValueWidget({
      title: 'In the period shown',
      metrics: [metrics.created, metrics.completed, metrics.failed],
      setPeriodToTimeRange: true,
      width: 8,
      height: 6,
    }),
    graph('Created and finished, per 5 minutes', [metrics.created, metrics.completed, metrics.failed]),
    graph('Error rate', [metrics.errorPercent]),
  ];
}

function trend({ metrics, functions, pipeline }: DashboardProps): IWidget[] {
  return [
    heading('Performance'),
    graph(
      'Processing time, ms',
      [50, 95, 99].map((rank) => metrics.processingTime(Stats.percentile(rank))),
    ),
    graph(
      'Functions, p95 ms',
      functions.map((each) => each.function.metricDuration({ statistic: 'p95', label: each.node.id })),
    ),
    graph('Age of the oldest message, s', [
      pipeline.queue.metricApproximateAgeOfOldestMessage({ label: 'oldest' }),
    ]),
  ];
}

function errors({ api, functions, failures, pipeline }: DashboardProps): IWidget[] {
  const logs = [...functions.map((each) => each.logGroup), pipeline.worker.logGroup];
  return [
    heading('Errors'),
    graph('API answers', [
      api.api.metricClientError({ label: '4xx' }),
      api.api.metricServerError({ label: '5xx' }),
    ]),
    graph(
      'Functions',
      functions.flatMap((each) => [
        each.function.metricErrors({ label: `${each.node.id} errors` }),
        each.function.metricThrottles({ label: `${each.node.id} throttles` }),
      ]),
    ),
    graph('Worker tasks', [failures]),
    new LogQueryWidget({
      title: 'Latest errors of functions and worker',
      logGroupNames: logs.map((group) => group.logGroupName),
      queryLines: [
        'fields @timestamp, @log, message, job_id, error',
        "filter level = 'error' or @message like /Task timed out|Runtime exited/",
        'sort @timestamp desc',
        'limit 50',
      ],
      width: 24,
      height: 6,
    }),
  ];
}
