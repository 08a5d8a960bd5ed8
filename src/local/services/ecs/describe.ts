/** Records as ECS answers them. */
import type { Cluster, Deployment, Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import {
  type ClusterRecord,
  type DeploymentRecord,
  type ServiceRecord,
  type TaskDefinitionRecord,
  type TaskRecord,
  taskHealth,
} from './records.ts';
import { type EcsStore, serviceArn, tagList, taskArn, tasksOfService } from './store.ts';

const date = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms));

export function describeCluster(store: EcsStore, record: ClusterRecord): Cluster {
  const tasks = [...store.tasks.values({ prefix: [record.name] })];
  const services = [...store.services.values({ prefix: [record.name] })];
  return {
    clusterArn: store.arn('cluster', record.name),
    clusterName: record.name,
    status: 'ACTIVE',
    registeredContainerInstancesCount: 0,
    runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    pendingTasksCount: tasks.filter(({ lastStatus }) => /PENDING|PROVISIONING/.test(lastStatus)).length,
    activeServicesCount: services.filter(({ status }) => status === 'ACTIVE').length,
    statistics: [],
    tags: tagList(record.tags),
    settings: record.settings.map(({ name, value }) => ({ name: name as 'containerInsights', value })),
    capacityProviders: [...record.capacityProviders],
    defaultCapacityProviderStrategy: record.defaultStrategy.map((item) => ({ ...item })),
  };
}

export const describeTaskDefinition = (record: TaskDefinitionRecord): TaskDefinition => ({
  taskDefinitionArn: record.arn,
  containerDefinitions: [...record.containers],
  family: record.family,
  taskRoleArn: record.taskRoleArn,
  executionRoleArn: record.executionRoleArn,
  networkMode: 'awsvpc',
  revision: record.revision,
  volumes: [],
  status: record.status,
  placementConstraints: [],
  compatibilities: ['EC2', 'FARGATE'],
  runtimePlatform: record.runtimePlatform,
  requiresCompatibilities: record.compatibilities,
  cpu: String(record.cpu),
  memory: String(record.memory),
  ...(record.ephemeralGib === 20 ? {} : { ephemeralStorage: { sizeInGiB: record.ephemeralGib } }),
  registeredAt: new Date(record.registeredAt),
  deregisteredAt: date(record.deregisteredAt),
  registeredBy: record.registeredBy,
});

export function describeTask(
  store: EcsStore,
  record: TaskRecord,
  definition: TaskDefinitionRecord | undefined,
): Task {
  const arn = taskArn(store, record);
  return {
    taskArn: arn,
    clusterArn: store.arn('cluster', record.cluster),
    taskDefinitionArn: record.taskDefinitionArn,
    attachments: [],
    attributes: [],
    availabilityZone: `${store.env.region}a`,
    capacityProviderName: record.capacityProvider,
    containers: record.containers.map((container) => ({
      containerArn: store.arn('container', `${record.cluster}/${record.id}/${container.runtimeId}`),
      taskArn: arn,
      name: container.name,
      image: container.image,
      imageDigest: container.imageDigest,
      runtimeId: container.runtimeId,
      lastStatus: container.lastStatus,
      exitCode: container.exitCode,
      reason: container.reason,
      healthStatus: container.health,
      networkInterfaces: [],
    })),
    connectivity: record.lastStatus === 'PROVISIONING' ? undefined : 'CONNECTED',
    cpu: definition && String(definition.cpu),
    memory: definition && String(definition.memory),
    createdAt: new Date(record.createdAt),
    desiredStatus: record.desiredStatus,
    enableExecuteCommand: false,
    group: record.group,
    healthStatus: taskHealth(record),
    lastStatus: record.lastStatus,
    launchType: record.launchType,
    overrides: record.overrides ?? { containerOverrides: [], inferenceAcceleratorOverrides: [] },
    platformVersion: record.platformVersion,
    platformFamily: 'Linux',
    pullStartedAt: date(record.pullStartedAt),
    pullStoppedAt: date(record.pullStoppedAt),
    startedAt: date(record.startedAt),
    startedBy: record.startedBy,
    stopCode: record.stopCode,
    stoppedAt: date(record.stoppedAt),
    stoppedReason: record.stoppedReason,
    stoppingAt: date(record.stoppingAt),
    tags: tagList(record.tags),
    version: record.version,
    ephemeralStorage: { sizeInGiB: definition?.ephemeralGib ?? 20 },
  };
}

export function describeService(store: EcsStore, record: ServiceRecord): Service {
  const tasks = tasksOfService(store, record).filter(({ lastStatus }) => lastStatus !== 'STOPPED');
  const count = (some: readonly TaskRecord[], running: boolean) =>
    some.filter(({ lastStatus, desiredStatus }) =>
      running ? lastStatus === 'RUNNING' : desiredStatus === 'RUNNING' && lastStatus !== 'RUNNING',
    ).length;
  const primary = record.deployments.find(({ status }) => status === 'PRIMARY');
  const deployment = (one: DeploymentRecord): Deployment => {
    const mine = tasks.filter(({ startedBy }) => startedBy === one.id);
    return {
      id: one.id,
      status: one.status,
      taskDefinition: one.taskDefinitionArn,
      desiredCount: one.status === 'PRIMARY' ? record.desiredCount : mine.length,
      pendingCount: count(mine, false),
      runningCount: count(mine, true),
      failedTasks: one.failedTasks,
      createdAt: new Date(one.createdAt),
      updatedAt: new Date(one.updatedAt),
      launchType: record.launchType,
      platformVersion: record.platformVersion,
      platformFamily: 'Linux',
      networkConfiguration: record.network,
      rolloutState: one.rolloutState,
      rolloutStateReason: one.rolloutStateReason,
    };
  };
  return {
    serviceArn: serviceArn(store, record),
    serviceName: record.name,
    clusterArn: store.arn('cluster', record.cluster),
    loadBalancers: [],
    serviceRegistries: [],
    status: record.status,
    desiredCount: record.desiredCount,
    runningCount: count(tasks, true),
    pendingCount: count(tasks, false),
    launchType: record.launchType,
    capacityProviderStrategy: record.strategy?.map((item) => ({ ...item })),
    platformVersion: record.platformVersion,
    platformFamily: 'Linux',
    taskDefinition: primary?.taskDefinitionArn,
    deploymentConfiguration: record.configuration,
    deployments: record.deployments.map(deployment),
    events: record.events.map(({ id, createdAt, message }) => ({
      id,
      createdAt: new Date(createdAt),
      message,
    })),
    createdAt: new Date(record.createdAt),
    createdBy: record.createdBy,
    placementConstraints: [],
    placementStrategy: [],
    networkConfiguration: record.network,
    healthCheckGracePeriodSeconds: record.healthCheckGracePeriodSeconds,
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: 'ECS' },
    tags: tagList(record.tags),
    enableECSManagedTags: record.managedTags,
    propagateTags: record.propagateTags,
    enableExecuteCommand: false,
    availabilityZoneRebalancing: record.zoneRebalancing,
  };
}
