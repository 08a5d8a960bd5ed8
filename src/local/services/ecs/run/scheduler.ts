/**
 * Keeps each service at its desired count, rolls deployments between the minimum and maximum healthy percent, and
 * trips the circuit breaker. A step only reads records and starts or stops tasks, so it may run at any time.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html and
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
import type { Timer } from '../../../../core/clock.ts';
import { reportBug } from '../../../../core/report-bug.ts';
import {
  type DeploymentRecord,
  isHealthy,
  provingMs,
  type ServiceRecord,
  type TaskRecord,
  taskHealth,
} from '../records.ts';
import { type EcsStore, findTaskDefinition, serviceArn, tasksOfService } from '../store.ts';
import type { Announce } from './events.ts';
import { createTask } from './new-task.ts';
import type { TaskRunner } from './tasks.ts';

export interface Scheduler {
  /** Looks at a service soon. */
  wake(cluster: string, name: string): void;
  taskChanged(task: TaskRecord): void;
  /** @returns the record with the deployment added as primary */
  deploy(service: ServiceRecord, taskDefinitionArn: string, reason?: string): ServiceRecord;
  /** Calls back after each step of any service. */
  onStep(listener: () => void): () => void;
  /** Why the last task of a deployment ended by itself. */
  lastFailure(deploymentId: string): string | undefined;
  stop(): void;
}

interface Failures {
  inRow: number;
  nextAt: number;
  reason: string;
}

const nextTryMs = 5000;

export function createScheduler(store: EcsStore, runner: TaskRunner, announce: Announce): Scheduler {
  const { env } = store;
  const failures = new Map<string, Failures>();
  const due = new Set<string>();
  const timers = new Map<string, Timer>();
  const listeners = new Set<() => void>();
  let stopped = false;

  const idOf = (cluster: string, name: string) => `${cluster}/${name}`;
  const save = (service: ServiceRecord) => store.services.put([service.cluster, service.name], service);

  function wake(cluster: string, name: string): void {
    const id = idOf(cluster, name);
    if (stopped || due.has(id)) return;
    due.add(id);
    env.clock.soon(() => {
      due.delete(id);
      if (stopped) return;
      try {
        const service = store.services.get([cluster, name]);
        if (!service || service.status === 'INACTIVE') return;
        step(service);
      } catch (error) {
        reportBug(env.host, `service ${id}`, error);
        // A full disk has room again some time; without a next look the service would stay as it is.
        env.clock.after(nextTryMs, () => wake(cluster, name));
      }
      for (const listener of listeners) listener();
    });
  }

  function event(service: ServiceRecord, message: string): ServiceRecord {
    const entry = {
      id: env.randomId(32),
      createdAt: env.clock.now(),
      message: `(service ${service.name}) ${message}`,
    };
    return { ...service, events: [entry, ...service.events].slice(0, 100) };
  }

  function setDeployment(
    service: ServiceRecord,
    id: string,
    change: Partial<DeploymentRecord>,
  ): ServiceRecord {
    return {
      ...service,
      deployments: service.deployments.map((one) =>
        one.id === id ? { ...one, ...change, updatedAt: env.clock.now() } : one,
      ),
    };
  }

  const tell = (service: ServiceRecord, deploymentId: string, eventName: string, reason: string) =>
    announce('ECS Deployment State Change', [serviceArn(store, service)], {
      eventType: eventName.endsWith('FAILED') ? 'ERROR' : 'INFO',
      eventName,
      deploymentId,
      updatedAt: new Date(env.clock.now()).toISOString(),
      reason,
    });

  function deploy(service: ServiceRecord, taskDefinitionArn: string, reason?: string): ServiceRecord {
    const now = env.clock.now();
    const id = `ecs-svc/${BigInt(`0x${env.randomId(15)}`)}`;
    const deployment: DeploymentRecord = {
      id,
      status: 'PRIMARY',
      taskDefinitionArn,
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: reason ?? `ECS deployment ${id} in progress.`,
      failedTasks: 0,
      createdAt: now,
      updatedAt: now,
    };
    tell(service, id, 'SERVICE_DEPLOYMENT_IN_PROGRESS', deployment.rolloutStateReason);
    return {
      ...service,
      deployments: [deployment, ...service.deployments.map((one) => ({ ...one, status: 'ACTIVE' as const }))],
    };
  }

  function step(given: ServiceRecord): void {
    let service = given;
    const tasks = tasksOfService(store, service);
    const live = tasks.filter(({ desiredStatus }) => desiredStatus === 'RUNNING');
    const stop = (some: readonly TaskRecord[], why: string) => {
      for (const task of some)
        void runner.stop(task, 'ServiceSchedulerInitiated', `Scaling activity initiated by ${why}`);
    };
    if (service.status === 'DRAINING') {
      stop(live, `deletion of the service ${service.name}`);
      if (tasks.every(({ lastStatus }) => lastStatus === 'STOPPED'))
        save({ ...service, status: 'INACTIVE', deployments: [] });
      return;
    }
    const primary = service.deployments.find(({ status }) => status === 'PRIMARY');
    if (!primary) return;
    const { desiredCount } = service;
    const { maximumPercent = 200, minimumHealthyPercent = 100 } = service.configuration;
    const maxTasks = Math.floor((desiredCount * maximumPercent) / 100);
    const least = Math.ceil((desiredCount * minimumHealthyPercent) / 100);
    const wall = env.clock.wall();
    const healthy = (task: TaskRecord) => isHealthy(task, hasCheck(task), wall);

    const unhealthy = live.filter((task) => taskHealth(task) === 'UNHEALTHY');
    for (const task of unhealthy) {
      service = event(service, `(task ${task.id}) failed container health checks.`);
      service = failed(service, task, 'failed container health checks');
      void runner.stop(task, 'ServiceSchedulerInitiated', 'Task failed container health checks');
    }
    if (unhealthy.length > 0) {
      save(service);
      wake(service.cluster, service.name);
      return;
    }

    const mine = live.filter(({ startedBy }) => startedBy === primary.id);
    const old = live.filter(({ startedBy }) => startedBy !== primary.id);
    const { nextAt = 0 } = failures.get(primary.id) ?? {};
    const wait = nextAt - env.clock.now();
    const room = Math.min(desiredCount - mine.length, Math.max(maxTasks, 1) - live.length);
    if (room > 0 && primary.rolloutState !== 'FAILED') {
      if (wait > 0) later(service, wait);
      else service = start(service, primary, room);
    }

    const surplus = [...mine].sort(
      (a, b) => Number(healthy(a)) - Number(healthy(b)) || b.createdAt - a.createdAt,
    );
    stop(surplus.slice(0, Math.max(0, mine.length - desiredCount)), `deployment ${primary.id}`);
    // Old tasks that serve nobody go at once, the others as far as the healthy ones suffice without them.
    const spare = mine.filter(healthy).length + old.filter(healthy).length - least;
    const leaving = [
      ...old.filter((task) => !healthy(task)),
      ...old.filter(healthy).slice(0, Math.max(0, spare)),
    ];
    stop(leaving, `deployment ${primary.id}`);
    if (leaving.length > 0)
      service = event(
        service,
        `has stopped ${leaving.length} running tasks: ${leaving.map(({ id }) => `(task ${id})`).join(' ')}.`,
      );

    service = {
      ...service,
      deployments: service.deployments.filter(
        (one) =>
          one.status === 'PRIMARY' ||
          tasks.some((task) => task.startedBy === one.id && task.lastStatus !== 'STOPPED'),
      ),
    };
    const steady = mine.length === desiredCount && mine.every(healthy) && service.deployments.length === 1;
    if (steady && primary.rolloutState === 'IN_PROGRESS') service = completed(service, primary);
    if (steady) settled(primary.id, mine);
    if (mine.some((task) => task.lastStatus === 'RUNNING' && !hasCheck(task) && !healthy(task)))
      later(service, provingMs / 4);
    if (service !== given) save(service);
  }

  function start(service: ServiceRecord, primary: DeploymentRecord, count: number): ServiceRecord {
    const started = Array.from({ length: count }, () =>
      createTask(store, {
        cluster: service.cluster,
        definition: findTaskDefinition(store, primary.taskDefinitionArn),
        group: `service:${service.name}`,
        service: service.name,
        startedBy: primary.id,
        platformVersion: service.platformVersion,
        capacityProvider: service.strategy?.[0]?.capacityProvider,
        tags: service.propagateTags === 'SERVICE' ? service.tags : {},
      }),
    );
    const next = event(
      service,
      `has started ${count} tasks: ${started.map(({ id }) => `(task ${id})`).join(' ')}.`,
    );
    save(next);
    for (const task of started) runner.start(task);
    return next;
  }

  function completed(service: ServiceRecord, primary: DeploymentRecord): ServiceRecord {
    const reason = `ECS deployment ${primary.id} completed.`;
    tell(service, primary.id, 'SERVICE_DEPLOYMENT_COMPLETED', reason);
    return event(
      {
        ...setDeployment(service, primary.id, { rolloutState: 'COMPLETED', rolloutStateReason: reason }),
        completedTaskDefinitionArn: primary.taskDefinitionArn,
      },
      'has reached a steady state.',
    );
  }

  /** A task that has run for a while shows that starting works: the next failure is retried at once again. */
  function settled(deploymentId: string, tasks: readonly TaskRecord[]): void {
    const known = failures.get(deploymentId);
    if (known && tasks.every(({ startedAt = 0 }) => env.clock.now() - startedAt > 10_000))
      failures.delete(deploymentId);
  }

  function later(service: ServiceRecord, ms: number): void {
    const id = idOf(service.cluster, service.name);
    timers.get(id)?.cancel();
    timers.set(
      id,
      env.clock.after(ms, () => wake(service.cluster, service.name)),
    );
  }

  const hasCheck = (task: TaskRecord) =>
    findTaskDefinition(store, task.taskDefinitionArn).containers.some(
      ({ healthCheck }) => healthCheck && healthCheck.command?.[0] !== 'NONE',
    );

  /** A task of the service has ended by itself. */
  function failed(service: ServiceRecord, task: TaskRecord, reason: string): ServiceRecord {
    const deployment = service.deployments.find(({ id }) => id === task.startedBy);
    if (!deployment) return service;
    const known = failures.get(deployment.id);
    const inRow = (known?.inRow ?? 0) + 1;
    // The first replacement comes at once; then as ECS slows down for tasks that keep failing.
    const delay = inRow === 1 ? 0 : Math.min(60_000, 500 * 2 ** (inRow - 2));
    const output = runner.logTail(task.id);
    failures.set(deployment.id, {
      inRow,
      nextAt: env.clock.now() + delay,
      reason: output ? `${reason}; its last output:\n${output}` : reason,
    });
    if (deployment.rolloutState !== 'IN_PROGRESS') return service;
    const next = setDeployment(service, deployment.id, { failedTasks: deployment.failedTasks + 1 });
    const { enable = false, rollback = false } = service.configuration.deploymentCircuitBreaker ?? {};
    const threshold = Math.min(200, Math.max(3, Math.ceil(service.desiredCount / 2)));
    if (!enable || inRow < threshold || deployment.status !== 'PRIMARY') return next;
    const why = 'ECS deployment circuit breaker: tasks failed to start.';
    tell(service, deployment.id, 'SERVICE_DEPLOYMENT_FAILED', why);
    const tripped = setDeployment(next, deployment.id, { rolloutState: 'FAILED', rolloutStateReason: why });
    const good = service.completedTaskDefinitionArn;
    if (!rollback || !good) return tripped;
    return deploy(
      tripped,
      good,
      `ECS deployment circuit breaker: rolling back to ${good.slice(good.lastIndexOf('/') + 1)}.`,
    );
  }

  return {
    wake,
    deploy,
    taskChanged(task) {
      if (!task.service || stopped) return;
      const byItself = task.stopCode === 'TaskFailedToStart' || task.stopCode === 'EssentialContainerExited';
      const service = store.services.get([task.cluster, task.service]);
      if (service?.status === 'ACTIVE' && byItself && task.lastStatus === 'STOPPED') {
        const exit = task.containers.find(({ exitCode }) => exitCode !== undefined);
        const code = exit ? ` (the container ${exit.name} exited with ${exit.exitCode})` : '';
        const reason = `${task.stoppedReason ?? task.stopCode}${code}`;
        save(failed(event(service, `(task ${task.id}) stopped: ${reason}`), task, reason));
      }
      wake(task.cluster, task.service);
    },
    onStep(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    lastFailure: (deploymentId) => failures.get(deploymentId)?.reason,
    stop() {
      stopped = true;
      for (const timer of timers.values()) timer.cancel();
    },
  };
}
