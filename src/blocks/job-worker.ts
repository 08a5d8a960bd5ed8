/**
 * A container that takes jobs from a queue, as a Fargate service: 0.25 vCPU and 512 MB, one task, rolled out
 * with a circuit breaker that returns to the last good version, a health check, time to finish on SIGTERM.
 */
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  Cluster,
  ContainerImage,
  ContainerInsights,
  CpuArchitecture,
  FargateService,
  FargateTaskDefinition,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeDesign } from './acknowledge.ts';
import type { JobNetwork } from './job-network.ts';
import type { Stage } from './stage.ts';

export interface JobWorkerOptions {
  /** Absolute path of the image's build context, with a `Dockerfile`. */
  readonly imageFolder: string;
  /** Health check command in the container; exit code 0 is healthy. First item `CMD` or `CMD-SHELL`. */
  readonly healthCheck: readonly string[];
  /** Added to what the pipeline tells the worker. */
  readonly environment?: Readonly<Record<string, string>>;
  /** CPU units, 1024 to a vCPU. @default 256 */
  readonly cpu?: number;
  /** MB. @default 512 */
  readonly memory?: number;
  /** Graviton costs a fifth less; an image with RUN steps then needs an arm64 builder. @default `arm64` */
  readonly architecture?: 'arm64' | 'x86_64';
  /** Tasks always running. @default 1 */
  readonly minTasks?: number;
  /** Tasks at most. @default 10 */
  readonly maxTasks?: number;
  /** From SIGTERM to SIGKILL, at most 120 seconds. @default 60 seconds */
  readonly stopTimeout?: Duration;
  /** Container Insights metrics, billed as custom metrics. @default false */
  readonly containerInsights?: boolean;
}

export interface JobWorkerProps extends JobWorkerOptions {
  readonly stage: Stage;
  readonly network: JobNetwork;
}

export class JobWorker extends Construct {
  readonly cluster: Cluster;
  readonly service: FargateService;
  readonly taskRole: IRole;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: JobWorkerProps) {
    super(scope, id);
    const { stage, network } = props;
    const insights = props.containerInsights ?? false;
    this.logGroup = new LogGroup(this, 'Logs', {
      retention: stage.logRetention,
      removalPolicy: stage.removalPolicy,
    });
    this.cluster = new Cluster(this, 'Cluster', {
      vpc: network.vpc,
      containerInsightsV2: insights ? ContainerInsights.ENABLED : ContainerInsights.DISABLED,
    });
    const task = this.#taskDefinition(props);
    this.taskRole = task.taskRole;
    this.service = new FargateService(this, 'Service', {
      cluster: this.cluster,
      taskDefinition: task,
      // No desired count: it starts at 1, scaling holds it within its limits, and a deployment leaves it as it is.
      // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
      vpcSubnets: network.subnets,
      securityGroups: [network.securityGroup],
      assignPublicIp: network.assignPublicIp,
    });
    if (!insights) {
      acknowledgeDesign(this.cluster, {
        ECS4: 'Container Insights is billed per metric; the free service metrics carry the alarms.',
      });
    }
  }

  #taskDefinition(props: JobWorkerProps): FargateTaskDefinition {
    const arm = (props.architecture ?? 'arm64') === 'arm64';
    const image = new DockerImageAsset(this, 'Image', {
      directory: props.imageFolder,
      platform: arm ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64,
    });
    const task = new FargateTaskDefinition(this, 'Task', {
      cpu: props.cpu ?? 256,
      memoryLimitMiB: props.memory ?? 512,
      runtimePlatform: {
        cpuArchitecture: arm ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
    });
    task.addContainer('worker', {
      image: ContainerImage.fromDockerImageAsset(image),
      environment: { ...props.environment },
      logging: LogDrivers.awsLogs({ logGroup: this.logGroup, streamPrefix: 'worker' }),
      readonlyRootFilesystem: true,
      stopTimeout: props.stopTimeout ?? Duration.seconds(60),
      healthCheck: {
        command: [...props.healthCheck],
        interval: Duration.seconds(30),
        timeout: Duration.seconds(5),
        retries: 3,
        startPeriod: Duration.seconds(10),
      },
    });
    acknowledgeDesign(task, {
      ECS2: 'The environment holds names of resources and no secret.',
      'IAM5[Resource::*]':
        'ecr:GetAuthorizationToken, of the execution role, cannot be limited to a resource.',
    });
    return task;
  }
}
