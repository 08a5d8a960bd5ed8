/**
 * The life of a task: pull, secrets, log streams, containers in their order, running, stop. Every change is kept
 * before it is told. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import { reasonOf } from '../../../../core/events.ts';
import { reportBug } from '../../../../core/report-bug.ts';
import { CannotPull, type PulledImage } from '../../../compute/images/pull.ts';
import type { ScopedInvoke } from '../../../service.ts';
import { describeTask } from '../describe.ts';
import type { ContainerRecord, StopCode, TaskDefinitionRecord, TaskRecord } from '../records.ts';
import { type EcsStore, findTaskDefinition, taskArn } from '../store.ts';
import { type Machine, type RunningContainer, startContainer } from './containers.ts';
import type { TaskEndpoints } from './credentials.ts';
import { watchHealth } from './health.ts';
import { type ContainerLog, openLog } from './logs.ts';
import { meterTask } from './meter.ts';
import { readSecrets } from './secrets.ts';

export interface TaskRunner {
  /** Takes up a task that was recorded as PROVISIONING. */
  start(task: TaskRecord): void;
  /** Resolves when it has stopped. */
  stop(task: TaskRecord, code: StopCode, reason: string): Promise<void>;
  /** Process ids of a task's containers, with the container's memory limit in MiB. */
  processes(taskId: string): readonly number[];
  /** The last lines of output of a task's containers, while it runs and for an hour after. */
  logTail(taskId: string): string;
  /** What the health checks of a running task say that is not healthy yet. */
  failingCheck(taskId: string): string | undefined;
}

interface RunnerOptions {
  readonly store: EcsStore;
  readonly machine: Machine;
  readonly endpoints: TaskEndpoints;
  pull(image: string, invoke: ScopedInvoke): Promise<PulledImage>;
  changed(task: TaskRecord): void;
  /** It runs, and what it waits for to be healthy is known. */
  waiting(task: TaskRecord): void;
}

interface Live {
  readonly abort: AbortController;
  readonly containers: Map<string, RunningContainer>;
  readonly logs: ContainerLog[];
  stopping?: Promise<void>;
  finished: Promise<void>;
}

/** Grace period of containers when the whole cloud stops; their own stop timeouts may be two minutes. */
const stopGraceSeconds = 10;

/** Why a task did not start, worded as ECS does. */
class StartFailure extends Error {}

export function createTaskRunner(options: RunnerOptions): TaskRunner {
  const { store, machine, endpoints } = options;
  const { env } = store;
  const live = new Map<string, Live>();
  const logTails = new Map<string, string>();
  const checks = new Map<string, string>();

  const key = (task: TaskRecord) => [task.cluster, task.id];
  const current = (task: TaskRecord) => store.tasks.get(key(task)) ?? task;
  function update(task: TaskRecord, change: Partial<TaskRecord>, silent = false): void {
    const before = current(task);
    const after = { ...before, ...change, version: before.version + 1 };
    store.tasks.put(key(task), after);
    if (!silent) options.changed(after);
  }
  function updateContainer(
    task: TaskRecord,
    name: string | undefined,
    change: Partial<ContainerRecord>,
    silent = true,
  ): void {
    const containers = current(task).containers.map((one) =>
      one.name === name ? { ...one, ...change } : one,
    );
    update(task, { containers }, silent);
  }

  async function run(task: TaskRecord, state: Live): Promise<void> {
    const definition = findTaskDefinition(store, task.taskDefinitionArn);
    try {
      await bringUp(task, definition, state);
    } catch (error) {
      // Whoever stops it waits for this to end.
      if (state.abort.signal.aborted) return;
      const reason = reasonOf(error);
      if (error instanceof StartFailure)
        env.host.notify({ name: 'task.failed', data: { task: task.id, group: task.group, reason } });
      else reportBug(env.host, `start task ${task.id}`, error);
      await takeDown(task, 'TaskFailedToStart', reason);
    }
  }

  async function bringUp(task: TaskRecord, definition: TaskDefinitionRecord, state: Live): Promise<void> {
    const invoke = await executionRole(definition, task);
    const stopped = () => state.abort.signal.aborted;
    if (stopped()) return;
    update(task, { lastStatus: 'PENDING', pullStartedAt: env.clock.now() });
    const images = await Promise.all(
      definition.containers.map(({ image = '', name }) =>
        options.pull(image, invoke).catch((error: unknown) => {
          if (!(error instanceof CannotPull)) throw error;
          updateContainer(task, name, { reason: `CannotPullContainerError: ${error.message}` });
          throw new StartFailure(`CannotPullContainerError: ${error.message}`);
        }),
      ),
    );
    if (stopped()) return;
    update(task, { pullStoppedAt: env.clock.now() }, true);
    const prepared = await Promise.all(
      definition.containers.map(async (container, index) => ({
        container,
        image: images[index],
        secrets: await readSecrets(container.secrets, invoke).catch(
          initialisation(
            'unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret',
          ),
        ),
        log: await openLog(env, container, task.id, invoke).catch(
          initialisation('failed to validate logger args: failed to create Cloudwatch log stream'),
        ),
      })),
    );
    for (const { log } of prepared) if (log) state.logs.push(log);
    const variables = endpoints.register({
      taskId: task.id,
      roleArn: task.overrides?.taskRoleArn ?? definition.taskRoleArn,
      metadata: (container) => metadata(task, definition, container),
    });
    const milestones = new Map(definition.containers.map(({ name = '' }) => [name, milestonesOf()] as const));
    await Promise.all(
      prepared.map(async ({ container, image, secrets, log }) => {
        const name = container.name ?? '';
        const milestone = milestones.get(name);
        if (!image || !milestone) return;
        await awaitDependencies(container, milestones, state.abort.signal);
        if (stopped()) return;
        const started = await startContainer({
          machine,
          taskId: task.id,
          definition: container,
          override: task.overrides?.containerOverrides?.find((one) => one.name === name),
          taskMemory: definition.memory,
          image,
          secrets,
          platform: variables(name),
          log,
          clock: env.clock,
        }).catch((error: unknown) => {
          const reason = `CannotStartContainerError: ${error instanceof Error ? error.message : String(error)}`;
          updateContainer(task, name, { reason, lastStatus: 'STOPPED' });
          throw new StartFailure(reason);
        });
        state.containers.set(name, started);
        if (stopped()) {
          // The stop came while the process was starting and did not see it.
          await started.stop();
          return;
        }
        updateContainer(task, name, { lastStatus: 'RUNNING', imageDigest: image.digest });
        milestone.start();
        const over = started.process.ended.then(({ exitCode }) => {
          updateContainer(task, name, { lastStatus: 'STOPPED', exitCode });
          logTails.set(task.id, started.tail());
          milestone.complete(exitCode);
          if (container.essential !== false && !state.abort.signal.aborted)
            return takeDown(task, 'EssentialContainerExited', 'Essential container in task exited');
        });
        over.catch((error: unknown) => reportBug(env.host, `end of task ${task.id}`, error));
        watch(task, container, started, state, milestone.healthy);
      }),
    );
    if (stopped()) return;
    update(task, {
      lastStatus: 'RUNNING',
      startedAt: env.clock.now(),
      startedWall: env.clock.wall(),
    });
    const service = task.service === undefined ? undefined : store.services.get([task.cluster, task.service]);
    const isPublic = service?.network?.awsvpcConfiguration?.assignPublicIp === 'ENABLED';
    meterTask(env, definition, taskArn(store, task), () => current(task), isPublic, state.abort.signal);
  }

  function initialisation(what: string) {
    return (error: unknown): never => {
      throw new StartFailure(
        `ResourceInitializationError: ${what}: ${error instanceof Error ? error.message : String(error)}`,
      );
    };
  }

  const withoutRole: ScopedInvoke = Object.assign(
    async () => {
      throw new CannotPull('the task definition has no execution role');
    },
    { inScope: () => withoutRole },
  );

  async function executionRole(definition: TaskDefinitionRecord, task: TaskRecord): Promise<ScopedInvoke> {
    const roleArn = task.overrides?.executionRoleArn ?? definition.executionRoleArn;
    if (!roleArn) return withoutRole;
    try {
      const session = await env.assumeRole(roleArn, 'ecs-tasks.amazonaws.com', task.id);
      return env.as(session.caller);
    } catch (error) {
      throw new StartFailure(
        `ResourceInitializationError: ECS was unable to assume the role '${roleArn}' that was provided for this task: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  function watch(
    task: TaskRecord,
    container: ContainerDefinition,
    started: RunningContainer,
    state: Live,
    healthy: () => void,
  ): void {
    const { healthCheck } = container;
    const [kind] = healthCheck?.command ?? [];
    if (!healthCheck || kind === 'NONE') {
      healthy();
      return;
    }
    const ended = new AbortController();
    void started.process.ended.then(() => ended.abort());
    watchHealth({
      check: healthCheck,
      clock: env.clock,
      signal: AbortSignal.any([state.abort.signal, ended.signal]),
      run: (seconds) => started.check(healthCheck.command ?? [], seconds),
      changed(health, output) {
        if (health === 'HEALTHY') healthy();
        else logTails.set(task.id, output || started.tail());
        updateContainer(task, container.name, { health }, false);
      },
      failing(output) {
        checks.set(task.id, `the health check of ${container.name} fails${output ? `: ${output}` : ''}`);
        options.waiting(task);
      },
    }).catch((error: unknown) => reportBug(env.host, `health check of task ${task.id}`, error));
  }

  function takeDown(task: TaskRecord, code: StopCode, reason: string): Promise<void> {
    const state = live.get(task.id);
    if (!state) return Promise.resolve();
    state.stopping ??= (async () => {
      state.abort.abort();
      update(task, {
        desiredStatus: 'STOPPED',
        lastStatus: 'STOPPING',
        stopCode: code,
        stoppedReason: reason,
        stoppingAt: env.clock.now(),
      });
      await Promise.all(
        [...state.containers.values()].map((container) =>
          container.stop(code === 'TerminationNotice' ? stopGraceSeconds : undefined),
        ),
      );
      if (code !== 'TaskFailedToStart') await state.finished;
      await Promise.all(state.logs.map((log) => log.close()));
      endpoints.forget(task.id);
      const containers = current(task).containers.map((one) => ({ ...one, lastStatus: 'STOPPED' as const }));
      live.delete(task.id);
      checks.delete(task.id);
      update(task, { containers, lastStatus: 'STOPPED', stoppedAt: env.clock.now() });
      await machine.rootfs.removeCopy(task.id);
      await rm(join(machine.temporary, task.id), { recursive: true, force: true });
      // Long enough for whoever waits for the task to ask why it ended.
      env.clock.after(3_600_000, () => void logTails.delete(task.id));
    })().catch((error: unknown) => reportBug(env.host, `stop task ${task.id}`, error));
    return state.stopping;
  }

  function metadata(task: TaskRecord, definition: TaskDefinitionRecord, container: string | undefined) {
    const described = describeTask(store, current(task), definition);
    const containers = (described.containers ?? []).map((one) => ({
      DockerId: one.runtimeId,
      Name: one.name,
      DockerName: one.name,
      Image: one.image,
      ImageID: one.imageDigest,
      DesiredStatus: described.desiredStatus,
      KnownStatus: one.lastStatus,
      Type: 'NORMAL',
      ContainerARN: one.containerArn,
    }));
    if (container !== undefined) return containers.find((one) => one.Name === container);
    return {
      Cluster: described.clusterArn,
      TaskARN: described.taskArn,
      Family: definition.family,
      Revision: String(definition.revision),
      DesiredStatus: described.desiredStatus,
      KnownStatus: described.lastStatus,
      Limits: { CPU: definition.cpu / 1024, Memory: definition.memory },
      PullStartedAt: described.pullStartedAt,
      PullStoppedAt: described.pullStoppedAt,
      AvailabilityZone: described.availabilityZone,
      LaunchType: described.launchType,
      Containers: containers,
    };
  }

  return {
    start(task) {
      const state: Live = {
        abort: new AbortController(),
        containers: new Map(),
        logs: [],
        finished: Promise.resolve(),
      };
      live.set(task.id, state);
      options.changed(task);
      state.finished = run(task, state).catch((error: unknown) =>
        reportBug(env.host, `task ${task.id}`, error),
      );
    },
    stop: (task, code, reason) => takeDown(task, code, reason),
    processes: (taskId) =>
      [...(live.get(taskId)?.containers.values() ?? [])].map(({ process }) => process.pid),
    logTail: (taskId) =>
      logTails.get(taskId) ??
      [...(live.get(taskId)?.containers.values() ?? [])].map((container) => container.tail()).join('\n'),
    failingCheck: (taskId) => checks.get(taskId),
  };
}

interface Milestones {
  readonly started: Promise<void>;
  readonly wasHealthy: Promise<void>;
  readonly completed: Promise<number>;
  start(): void;
  healthy(): void;
  complete(exitCode: number): void;
}

function milestonesOf(): Milestones {
  let start = () => {};
  let healthy = () => {};
  let complete: (exitCode: number) => void = () => {};
  const started = new Promise<void>((resolve) => {
    start = resolve;
  });
  const wasHealthy = new Promise<void>((resolve) => {
    healthy = resolve;
  });
  const completed = new Promise<number>((resolve) => {
    complete = resolve;
  });
  return {
    started,
    wasHealthy,
    completed,
    start: () => start(),
    healthy: () => healthy(),
    complete: (code) => complete(code),
  };
}

async function awaitDependencies(
  { dependsOn, name }: ContainerDefinition,
  milestones: ReadonlyMap<string, Milestones>,
  signal: AbortSignal,
): Promise<void> {
  const aborted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  for (const { containerName = '', condition } of dependsOn ?? []) {
    const other = milestones.get(containerName);
    if (!other)
      throw new StartFailure(`the container ${name} depends on ${containerName}, which is not there`);
    const met =
      condition === 'START'
        ? other.started
        : condition === 'HEALTHY'
          ? other.wasHealthy
          : other.completed.then((code) => {
              if (condition === 'SUCCESS' && code !== 0)
                throw new StartFailure(
                  `the container ${name} depends on the success of ${containerName}, which exited with ${code}`,
                );
            });
    await Promise.race([met, aborted]);
  }
}
