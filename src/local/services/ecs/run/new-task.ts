/** A task as it begins: recorded before anything is started. */
import type { TaskOverride } from '@aws-sdk/client-ecs';
import type { Tags, TaskDefinitionRecord, TaskRecord } from '../records.ts';
import type { EcsStore } from '../store.ts';

interface NewTask {
  readonly cluster: string;
  readonly definition: TaskDefinitionRecord;
  readonly group: string;
  readonly service?: string;
  readonly startedBy?: string | undefined;
  readonly platformVersion: string;
  readonly capacityProvider?: string | undefined;
  readonly overrides?: TaskOverride | undefined;
  readonly clientToken?: string | undefined;
  readonly tags: Tags;
}

export function createTask(store: EcsStore, given: NewTask): TaskRecord {
  const { env } = store;
  const task: TaskRecord = {
    id: env.randomId(32),
    cluster: given.cluster,
    taskDefinitionArn: given.definition.arn,
    group: given.group,
    ...(given.service ? { service: given.service } : {}),
    ...(given.startedBy ? { startedBy: given.startedBy } : {}),
    launchType: 'FARGATE',
    ...(given.capacityProvider ? { capacityProvider: given.capacityProvider } : {}),
    platformVersion: given.platformVersion,
    ...(given.overrides ? { overrides: given.overrides } : {}),
    ...(given.clientToken ? { clientToken: given.clientToken } : {}),
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    containers: given.definition.containers.map(({ name = '', image = '' }) => ({
      name,
      image,
      runtimeId: `${env.randomId(32)}-${Math.floor(env.clock.now() / 1000)}`,
      lastStatus: 'PENDING',
      health: 'UNKNOWN',
    })),
    version: 1,
    createdAt: env.clock.now(),
    tags: given.tags,
  };
  store.tasks.put([task.cluster, task.id], task);
  return task;
}
