/**
 * What tasks cost and use: vCPU and GB seconds by architecture and public addresses on the meter, and each service's
 * utilisation once a minute. Addresses are metered of services only: a task that is run alone keeps no network settings.
 * https://aws.amazon.com/fargate/pricing/ and
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_utilization.html
 */
import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import { reportBug } from '../../../../core/report-bug.ts';
import { type Usage, usageOf } from '../../../compute/tasks/usage.ts';
import { type EcsStore, findTaskDefinition, tasksOfService } from '../store.ts';
import type { TaskRunner } from './tasks.ts';

const minute = 60_000;

interface Sample {
  readonly at: number;
  readonly usage: Usage;
  /** Share of one processor, over the last window that was long enough to measure. */
  readonly cores: number | undefined;
}

/** Processor time is counted in hundredths of a second: shorter windows say nothing. */
const shortestWindow = 500;

/** @returns stops it */
export function publishUtilisation(store: EcsStore, runner: TaskRunner): () => void {
  const { env } = store;
  const samples = new Map<number, Sample>();
  const publish = env.asService('ecs.amazonaws.com');

  function measure(pid: number): { cores: number | undefined; bytes: number } | undefined {
    const usage = usageOf(pid);
    if (!usage) return undefined;
    const before = samples.get(pid);
    // The process runs in real time, also while the clock is moved.
    const at = env.clock.wall();
    const window = before ? at - before.at : 0;
    if (before && window < shortestWindow) return { cores: before.cores, bytes: usage.residentBytes };
    const cores = before ? ((usage.cpuSeconds - before.usage.cpuSeconds) * 1000) / window : undefined;
    samples.set(pid, { at, usage, cores });
    return { cores, bytes: usage.residentBytes };
  }

  const tick = () => {
    const Timestamp = new Date(Math.floor(env.clock.now() / minute) * minute - minute);
    const seen = new Set<number>();
    for (const service of store.services.values()) {
      if (service.status !== 'ACTIVE') continue;
      const cpu: number[] = [];
      const memory: number[] = [];
      for (const task of tasksOfService(store, service)) {
        const pids = task.lastStatus === 'RUNNING' ? runner.processes(task.id) : [];
        if (pids.length === 0) continue;
        const definition = findTaskDefinition(store, task.taskDefinitionArn);
        const measured = pids.map((pid) => {
          seen.add(pid);
          return measure(pid);
        });
        const total = (of: (one: NonNullable<(typeof measured)[number]>) => number | undefined) =>
          measured.reduce<number | undefined>((sum, one) => {
            const value = one && of(one);
            return sum === undefined || value === undefined ? undefined : sum + value;
          }, 0);
        const cores = total((one) => one.cores);
        const bytes = total((one) => one.bytes);
        if (cores !== undefined) cpu.push((cores / (definition.cpu / 1024)) * 100);
        if (bytes !== undefined) memory.push((bytes / (definition.memory * 1024 * 1024)) * 100);
      }
      const Dimensions = [
        { Name: 'ClusterName', Value: service.cluster },
        { Name: 'ServiceName', Value: service.name },
      ];
      const datum = (MetricName: string, values: readonly number[]): MetricDatum[] =>
        values.length === 0
          ? []
          : [
              {
                MetricName,
                Dimensions,
                Timestamp,
                Unit: 'Percent',
                StatisticValues: {
                  SampleCount: values.length,
                  Sum: values.reduce((sum, value) => sum + value, 0),
                  Minimum: Math.min(...values),
                  Maximum: Math.max(...values),
                },
              },
            ];
      const MetricData = [...datum('CPUUtilization', cpu), ...datum('MemoryUtilization', memory)];
      if (MetricData.length > 0)
        publish('cloudwatch', 'PutMetricData', { Namespace: 'AWS/ECS', MetricData }).catch((error: unknown) =>
          reportBug(env.host, 'ECS metrics', error),
        );
    }
    for (const pid of samples.keys()) if (!seen.has(pid)) samples.delete(pid);
  };
  const timer = env.clock.repeat(() => minute - (env.clock.now() % minute), tick);
  return () => timer.cancel();
}
