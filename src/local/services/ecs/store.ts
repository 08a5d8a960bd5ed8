/** Records, names and ARNs that the operations of ECS share. */
import type { Tag } from '@aws-sdk/client-ecs';
import type { ServiceEnvironment } from '../../service.ts';
import type { Collection } from '../../store/store.ts';
import { clusterNotFound, invalidParameter, serviceNotFound, taskDefinitionNotFound } from './errors.ts';
import type { ClusterRecord, ServiceRecord, Tags, TaskDefinitionRecord, TaskRecord } from './records.ts';

export interface EcsStore {
  readonly env: ServiceEnvironment;
  readonly clusters: Collection<ClusterRecord>;
  /** By family and revision. */
  readonly taskDefinitions: Collection<TaskDefinitionRecord>;
  /** By cluster and name. */
  readonly services: Collection<ServiceRecord>;
  /** By cluster and id. */
  readonly tasks: Collection<TaskRecord>;
  arn(kind: 'cluster' | 'service' | 'task' | 'task-definition' | 'container', name: string): string;
}

export const createEcsStore = (env: ServiceEnvironment): EcsStore => ({
  env,
  clusters: env.store.collection('ecs/clusters'),
  taskDefinitions: env.store.collection('ecs/task-definitions'),
  services: env.store.collection('ecs/services'),
  tasks: env.store.collection('ecs/tasks'),
  arn: (kind, name) => env.arn('ecs', `${kind}/${name}`),
});

const lastPart = (text: string) => text.slice(text.lastIndexOf('/') + 1);

/** A short name or an ARN; the default cluster is called `default`. */
export const clusterName = (given: string | undefined) => lastPart(given || 'default');
/** Of a service's or task's short name or ARN. */
export const shortName = (given: string | undefined) => lastPart(given ?? '');

export function findCluster(store: EcsStore, given: string | undefined): ClusterRecord {
  const found = store.clusters.get(clusterName(given));
  if (!found) throw clusterNotFound();
  return found;
}

export function findService(store: EcsStore, cluster: string, given: string | undefined): ServiceRecord {
  const found = store.services.get([cluster, shortName(given)]);
  if (!found) throw serviceNotFound();
  return found;
}

/** `family`, `family:revision` or an ARN; a family alone means its latest active revision. */
export function findTaskDefinition(store: EcsStore, given: string | undefined): TaskDefinitionRecord {
  const [family = '', revision] = lastPart(given ?? '').split(':') as [string, string?];
  if (family === '') throw invalidParameter('TaskDefinition must not be blank.');
  if (revision !== undefined) {
    const found = store.taskDefinitions.get([family, Number(revision)]);
    if (!found) throw taskDefinitionNotFound();
    return found;
  }
  for (const record of store.taskDefinitions.values({ prefix: [family], reverse: true }))
    if (record.status === 'ACTIVE') return record;
  throw taskDefinitionNotFound();
}

export const serviceArn = (store: EcsStore, { cluster, name }: Pick<ServiceRecord, 'cluster' | 'name'>) =>
  store.arn('service', `${cluster}/${name}`);
export const taskArn = (store: EcsStore, { cluster, id }: Pick<TaskRecord, 'cluster' | 'id'>) =>
  store.arn('task', `${cluster}/${id}`);

export const tagsOf = (tags: readonly Tag[] | undefined): Tags =>
  Object.fromEntries((tags ?? []).map(({ key = '', value = '' }) => [key, value]));
export const tagList = (tags: Tags): Tag[] => Object.entries(tags).map(([key, value]) => ({ key, value }));

export const tasksOfService = (store: EcsStore, { cluster, name }: ServiceRecord): TaskRecord[] =>
  [...store.tasks.values({ prefix: [cluster] })].filter(({ service }) => service === name);

/** The condition key that ECS gives with most of its actions. */
export const onCluster = (store: EcsStore, cluster: string | undefined) => ({
  'ecs:cluster': store.arn('cluster', clusterName(cluster)),
});

export const definitionOf = (store: EcsStore, arn: string) => {
  const [family = '', revision] = shortName(arn).split(':');
  return store.taskDefinitions.get([family, Number(revision)]);
};
