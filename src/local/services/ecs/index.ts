/**
 * Amazon ECS on Fargate: clusters, task definitions, tasks and services, each container a process on this machine.
 * EC2 and external instances, load balancers, Service Connect, volumes, task sets and execute-command are refused
 * by name. What differs from AWS: all tasks share one host (see run/containers.ts), `user`, `cpu` and the network
 * configuration are kept without effect, and memory limits V8's heap.
 */

import { join } from 'node:path';
import type { Timer } from '../../../core/clock.ts';
import { createPuller } from '../../compute/images/pull.ts';
import { createReaper } from '../../compute/tasks/reaper.ts';
import { createRootfsStore } from '../../compute/tasks/rootfs.ts';
import type { Service, ServiceEnvironment } from '../../service.ts';
import type { EcsContext } from './context.ts';
import { describeTask } from './describe.ts';
import * as operations from './operations/index.ts';
import type { TaskRecord } from './records.ts';
import { cluster } from './resources/cluster.ts';
import { service } from './resources/service.ts';
import { taskDefinition } from './resources/task-definition.ts';
import { createBinFolder } from './run/containers.ts';
import { createTaskEndpoints } from './run/credentials.ts';
import { createAnnouncer } from './run/events.ts';
import { createScheduler } from './run/scheduler.ts';
import { createTaskRunner, type TaskRunner } from './run/tasks.ts';
import { publishUtilisation } from './run/usage.ts';
import { createEcsStore, findTaskDefinition, taskArn } from './store.ts';

const hour = 3_600_000;

export function createEcs(env: ServiceEnvironment): Service {
  const store = createEcsStore(env);
  const folder = join(env.store.directory, 'ecs');
  const announce = createAnnouncer(store);
  const endpoints = createTaskEndpoints(env);
  const reaper = createReaper(join(folder, 'processes'));
  const rootfs = createRootfsStore(folder);
  const runner: TaskRunner = createTaskRunner({
    store,
    machine: {
      rootfs,
      reaper,
      binFolder: createBinFolder(join(folder, 'bin')),
      temporary: join(folder, 'tmp'),
    },
    endpoints,
    pull: createPuller(rootfs, env.accountId),
    changed(task) {
      announceTask(task);
      scheduler.taskChanged(task);
    },
    waiting: (task) => scheduler.taskChanged(task),
  });
  const scheduler = createScheduler(store, runner, announce);
  const context: EcsContext = { ...store, runner, scheduler };
  let stopMetrics = () => {};
  let sweeper: Timer | undefined;

  function announceTask(task: TaskRecord): void {
    const described = describeTask(store, task, findTaskDefinition(store, task.taskDefinitionArn));
    announce('ECS Task State Change', [taskArn(store, task)], described);
  }

  /** What ran when the cloud ended, in whatever way, has ended with it. */
  function closeOldTasks(): void {
    for (const task of [...store.tasks.values()])
      if (task.lastStatus !== 'STOPPED')
        store.tasks.put([task.cluster, task.id], {
          ...task,
          lastStatus: 'STOPPED',
          desiredStatus: 'STOPPED',
          stopCode: task.stopCode ?? 'TerminationNotice',
          stoppedReason: task.stoppedReason ?? 'The local cloud was stopped',
          stoppedAt: env.clock.now(),
          containers: task.containers.map((container) => ({ ...container, lastStatus: 'STOPPED' })),
        });
  }

  const sweep = () => {
    for (const task of [...store.tasks.values()])
      if (task.stoppedAt !== undefined && task.stoppedAt < env.clock.now() - hour)
        store.tasks.delete([task.cluster, task.id]);
  };

  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes: [cluster, taskDefinition, service(context)],
    serve: endpoints.serve,
    serves: endpoints.serves,
    start() {
      closeOldTasks();
      for (const { cluster: name, name: of, status } of store.services.values())
        if (status !== 'INACTIVE') scheduler.wake(name, of);
      stopMetrics = publishUtilisation(store, runner);
      sweep();
      sweeper = env.clock.repeat(() => hour / 4, sweep);
    },
    async drain() {
      scheduler.stop();
      stopMetrics();
      const running = [...store.tasks.values()].filter(({ lastStatus }) => lastStatus !== 'STOPPED');
      await Promise.all(
        running.map((task) => runner.stop(task, 'TerminationNotice', 'The local cloud was stopped')),
      );
    },
    async stop() {
      sweeper?.cancel();
      reaper.close();
    },
  };
}
