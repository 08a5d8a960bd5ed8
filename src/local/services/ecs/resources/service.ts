import { AwsError, type ResourceRequest, resourceType } from '../../../service.ts';
import { shortName } from '../context.ts';
import type { EcsContext } from '../index.ts';
import { apiTags, toApi } from './api-names.ts';
import { retag } from './retag.ts';

interface ServiceProperties {
  readonly ServiceName?: string;
  readonly Cluster?: string;
  readonly TaskDefinition?: string;
  readonly DesiredCount?: number | string;
  readonly SchedulingStrategy?: string;
  readonly ForceNewDeployment?: {
    readonly EnableForceNewDeployment?: boolean;
    readonly ForceNewDeploymentNonce?: string;
  };
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

interface ServiceAnswer {
  readonly service: {
    readonly serviceArn: string;
    readonly serviceName: string;
    readonly deployments: readonly { readonly id: string; readonly status: string }[];
  };
}

/**
 * Without a circuit breaker AWS keeps trying for three hours before the stack fails. Nobody waits that long for
 * this machine to say what it knows after ten failed tasks.
 */
const patience = 10;

/**
 * Creation and update wait for the deployment to be steady, and fail with the reason when it cannot be.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html
 */
export const service = (context: EcsContext) =>
  resourceType<ServiceProperties>({
    type: 'AWS::ECS::Service',
    mode: 'live',
    // CreateService and UpdateService refuse by name what they cannot honour of these.
    honoured: [
      ...['CapacityProviderStrategy', 'Cluster', 'DeploymentConfiguration', 'DeploymentController'],
      ...['DesiredCount', 'EnableExecuteCommand', 'ForceNewDeployment', 'LaunchType', 'LoadBalancers'],
      ...[
        'PlacementConstraints',
        'PlacementStrategies',
        'PropagateTags',
        'SchedulingStrategy',
        'ServiceName',
      ],
      ...['ServiceRegistries', 'ServiceConnectConfiguration', 'Tags', 'TaskDefinition', 'Role'],
      ...['VolumeConfigurations', 'VpcLatticeConfigurations', 'Monitoring'],
    ],
    kept: {
      NetworkConfiguration: 'all tasks share the network of this machine',
      PlatformVersion: 'there is one platform here',
      AvailabilityZoneRebalancing: 'there is one zone here',
      HealthCheckGracePeriodSeconds: 'it delays the checks of load balancers, which are refused',
      EnableECSManagedTags: 'the tags would be the cluster and service names, which the task already tells',
    },
    async create(request) {
      const { properties: p, invoke, uniqueName, stackTags } = request;
      const { service: made } = await invoke<ServiceAnswer>('ecs', 'CreateService', {
        ...members(p),
        serviceName: p.ServiceName ?? uniqueName(255),
        cluster: p.Cluster,
        schedulingStrategy: p.SchedulingStrategy,
        // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html#cfn-ecs-service-desiredcount
        desiredCount: Number(p.DesiredCount ?? 1),
        tags: apiTags(p.Tags, stackTags),
      });
      try {
        await steady(context, request, made);
      } catch (error) {
        // CloudFormation does not know the service yet, so nobody else would remove it.
        await remove(context, request, made.serviceArn);
        throw error;
      }
      return state(made);
    },
    async update(request) {
      const { properties: p, previous, invoke, physicalId, previousAttributes } = request;
      const { launchType: _, role: __, ...changes } = members(p);
      const force = p.ForceNewDeployment;
      const { service: made } = await invoke<ServiceAnswer>('ecs', 'UpdateService', {
        ...changes,
        cluster: p.Cluster,
        service: physicalId,
        // Without a count in the template, scaling has the say.
        ...(p.DesiredCount === undefined ? {} : { desiredCount: Number(p.DesiredCount) }),
        forceNewDeployment:
          force !== undefined &&
          String(force.EnableForceNewDeployment) === 'true' &&
          force.ForceNewDeploymentNonce !== previous.ForceNewDeployment?.ForceNewDeploymentNonce,
      });
      await steady(context, request, made);
      await retag(invoke, physicalId, p.Tags, previous.Tags);
      return { physicalId, attributes: previousAttributes };
    },
    async delete(request) {
      await remove(context, request, request.physicalId);
    },
  });

function members(p: ServiceProperties): Record<string, unknown> {
  const {
    Tags: _,
    ServiceName: __,
    DesiredCount: ___,
    Cluster: ____,
    SchedulingStrategy: _____,
    ForceNewDeployment: ______,
    ...rest
  } = p;
  const { placementStrategies, ...others } = toApi(rest) as Record<string, unknown>;
  return { ...others, ...(placementStrategies ? { placementStrategy: placementStrategies } : {}) };
}

const state = ({ serviceArn, serviceName }: ServiceAnswer['service']) => ({
  physicalId: serviceArn,
  attributes: { ServiceArn: serviceArn, Name: serviceName },
});

function steady(
  context: EcsContext,
  { properties, signal, progress }: ResourceRequest<ServiceProperties>,
  { serviceName, serviceArn, deployments }: ServiceAnswer['service'],
): Promise<void> {
  const { scheduler } = context;
  const cluster = shortName(properties.Cluster ?? 'default');
  const wanted = deployments.find(({ status }) => status === 'PRIMARY')?.id;
  let told = 0;
  return new Promise((resolve, reject) => {
    const end = (error?: Error) => {
      off();
      signal.removeEventListener('abort', aborted);
      if (error) reject(error);
      else resolve();
    };
    const aborted = () => end(new AwsError('Cancelled', 'Resource update cancelled'));
    const look = () => {
      const record = context.services.get([cluster, serviceName]);
      if (record?.status !== 'ACTIVE')
        return end(new AwsError('NotStabilized', `the service ${serviceName} was deleted meanwhile`));
      const deployment = record.deployments.find(({ id }) => id === wanted);
      const why = wanted && scheduler.lastFailure(wanted);
      const failed = deployment?.failedTasks ?? 0;
      if (failed > told) {
        told = failed;
        progress(`${failed} task(s) of ${serviceName} have failed: ${why}`);
      }
      if (!deployment || deployment.rolloutState === 'FAILED')
        return end(
          new AwsError(
            'NotStabilized',
            `Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'. ${why ?? ''}`.trim(),
          ),
        );
      if (deployment.rolloutState === 'COMPLETED') {
        const running = context.tasks;
        const count = [...running.values({ prefix: [cluster] })].filter(
          (task) =>
            task.service === serviceName && task.lastStatus === 'RUNNING' && task.desiredStatus === 'RUNNING',
        ).length;
        if (count >= record.desiredCount) return end();
      }
      const breaker = record.configuration.deploymentCircuitBreaker?.enable === true;
      if (!breaker && failed >= patience)
        end(
          new AwsError(
            'NotStabilized',
            `Error occurred during operation 'ECS Deployment did not stabilize' of ${serviceArn}: ${failed} tasks failed, the last one because: ${why}`,
          ),
        );
      return undefined;
    };
    const off = scheduler.onStep(look);
    signal.addEventListener('abort', aborted, { once: true });
    if (signal.aborted) aborted();
    else look();
  });
}

/** Resolves when its last task has ended. */
async function remove(
  context: EcsContext,
  { properties, invoke }: Pick<ResourceRequest<ServiceProperties>, 'properties' | 'invoke'>,
  serviceArn: string,
): Promise<void> {
  const cluster = properties.Cluster;
  try {
    await invoke('ecs', 'DeleteService', { cluster, service: serviceArn, force: true });
  } catch (error) {
    if (error instanceof AwsError && /^(Cluster|Service)Not(Found|Active)Exception$/.test(error.code)) return;
    throw error;
  }
  const key = [shortName(cluster ?? 'default'), shortName(serviceArn)];
  const gone = () => (context.services.get(key)?.status ?? 'INACTIVE') === 'INACTIVE';
  await new Promise<void>((resolve) => {
    if (gone()) return resolve();
    const off = context.scheduler.onStep(() => {
      if (!gone()) return;
      off();
      resolve();
    });
    return undefined;
  });
}
