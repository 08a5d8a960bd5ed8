/** What is kept of clusters, task definitions, services and tasks. All times are ms since the epoch. */
import type {
  ContainerDefinition,
  DeploymentConfiguration,
  NetworkConfiguration,
  TaskDefinition,
  TaskOverride,
} from '@aws-sdk/client-ecs';

export interface ClusterRecord {
  readonly name: string;
  readonly settings: readonly { readonly name: string; readonly value: string }[];
  readonly capacityProviders: readonly string[];
  readonly defaultStrategy: readonly StrategyItem[];
  readonly tags: Tags;
}

export type Tags = Readonly<Record<string, string>>;

export interface StrategyItem {
  readonly capacityProvider: string;
  readonly weight?: number;
  readonly base?: number;
}

export interface TaskDefinitionRecord {
  readonly family: string;
  readonly revision: number;
  readonly arn: string;
  readonly status: 'ACTIVE' | 'INACTIVE';
  readonly containers: readonly ContainerDefinition[];
  readonly taskRoleArn?: string;
  readonly executionRoleArn?: string;
  /** CPU units: 1024 are one vCPU. */
  readonly cpu: number;
  /** MiB */
  readonly memory: number;
  readonly ephemeralGib: number;
  readonly compatibilities: TaskDefinition['requiresCompatibilities'];
  readonly runtimePlatform?: TaskDefinition['runtimePlatform'];
  readonly registeredAt: number;
  readonly registeredBy: string;
  readonly deregisteredAt?: number;
  readonly tags: Tags;
}

export interface DeploymentRecord {
  readonly id: string;
  readonly status: 'PRIMARY' | 'ACTIVE';
  readonly taskDefinitionArn: string;
  readonly rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  readonly rolloutStateReason: string;
  readonly failedTasks: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface ServiceRecord {
  readonly name: string;
  readonly cluster: string;
  readonly status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  readonly desiredCount: number;
  readonly launchType?: 'FARGATE';
  readonly strategy?: readonly StrategyItem[];
  readonly platformVersion: string;
  readonly configuration: DeploymentConfiguration;
  readonly network?: NetworkConfiguration;
  readonly healthCheckGracePeriodSeconds: number;
  readonly propagateTags: 'SERVICE' | 'TASK_DEFINITION' | 'NONE';
  readonly managedTags: boolean;
  readonly zoneRebalancing: 'ENABLED' | 'DISABLED';
  readonly deployments: readonly DeploymentRecord[];
  /** What the last deployment that completed ran: where a rollback goes. */
  readonly completedTaskDefinitionArn?: string;
  readonly events: readonly { readonly id: string; readonly createdAt: number; readonly message: string }[];
  readonly createdAt: number;
  readonly createdBy: string;
  readonly tags: Tags;
}

export interface ContainerRecord {
  readonly name: string;
  readonly image: string;
  readonly runtimeId: string;
  readonly lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED';
  readonly imageDigest?: string;
  readonly exitCode?: number;
  readonly reason?: string;
  readonly health: 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY';
}

type TaskStatus = 'PROVISIONING' | 'PENDING' | 'RUNNING' | 'STOPPING' | 'STOPPED';
export type StopCode =
  | 'TaskFailedToStart'
  | 'EssentialContainerExited'
  | 'UserInitiated'
  | 'ServiceSchedulerInitiated'
  | 'TerminationNotice';

export interface TaskRecord {
  readonly id: string;
  readonly cluster: string;
  readonly taskDefinitionArn: string;
  readonly group: string;
  readonly startedBy?: string;
  /** Of a service's task. */
  readonly service?: string;
  readonly launchType: 'FARGATE';
  readonly capacityProvider?: string;
  readonly platformVersion: string;
  readonly overrides?: TaskOverride;
  readonly clientToken?: string;
  readonly lastStatus: TaskStatus;
  readonly desiredStatus: 'RUNNING' | 'STOPPED';
  readonly stopCode?: StopCode;
  readonly stoppedReason?: string;
  readonly containers: readonly ContainerRecord[];
  /** Counts the changes. */
  readonly version: number;
  readonly createdAt: number;
  readonly pullStartedAt?: number;
  readonly pullStoppedAt?: number;
  readonly startedAt?: number;
  /** In real time. */
  readonly startedWall?: number;
  readonly stoppingAt?: number;
  readonly stoppedAt?: number;
  readonly tags: Tags;
}

/** Without a health check, a task has to have run for so long: what fails at once must not count as started. */
export const provingMs = 1000;

/** @param wall real time, ms since the epoch: moving the clock proves nothing about a process */
export const isHealthy = (task: TaskRecord, checked: boolean, wall: number): boolean =>
  task.lastStatus === 'RUNNING' &&
  (checked ? taskHealth(task) === 'HEALTHY' : wall - (task.startedWall ?? wall) >= provingMs);

/** Of the containers that have a check; those without are UNKNOWN and do not count. */
export function taskHealth({ containers }: TaskRecord): ContainerRecord['health'] {
  if (containers.some(({ health }) => health === 'UNHEALTHY')) return 'UNHEALTHY';
  return containers.some(({ health }) => health === 'HEALTHY') ? 'HEALTHY' : 'UNKNOWN';
}
