import type { CreateServiceRequest, Service } from '@aws-sdk/client-ecs';
import { required } from '../../../invoke.ts';
import type { Tag } from '../../../resource-tags.ts';
import { AwsError, type ResourceRequest, resourceType } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { shortName } from '../store.ts';
import { apiTags, type TemplateForm, toApi } from './api-names.ts';
import { retag } from './retag.ts';

/** The members that go to CreateService and UpdateService as they stand. */
type Members = Omit<
  CreateServiceRequest,
  'cluster' | 'desiredCount' | 'placementStrategy' | 'schedulingStrategy' | 'serviceName' | 'tags'
>;

type ServiceProperties = TemplateForm<Members> & {
  readonly ServiceName?: string;
  readonly Cluster?: string;
  readonly DesiredCount?: number;
  readonly SchedulingStrategy?: CreateServiceRequest['schedulingStrategy'];
  readonly PlacementStrategies?: TemplateForm<CreateServiceRequest['placementStrategy']>;
  readonly ForceNewDeployment?: {
    readonly EnableForceNewDeployment?: boolean;
    readonly ForceNewDeploymentNonce?: string;
  };
  readonly Tags?: readonly Tag[];
};

/**
 * Without a circuit breaker AWS keeps trying for three hours before the stack fails. Nobody waits that long for
 * this machine to say what it knows after ten failed tasks.
 */
const patience = 10;
/** An image that is not there now will not be: the app's own were pushed before. */
const patienceWithPulls = 3;

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
    rehearse: createService,
    named: ['ServiceName', 'Cluster'],
    async find({ properties: p, invoke, uniqueName }) {
      const { services } = await invoke('ecs', 'DescribeServices', {
        cluster: p.Cluster,
        services: [p.ServiceName ?? uniqueName(255)],
      });
      const found = services?.find(({ status }) => status === 'ACTIVE');
      return found && state(named(found));
    },
    async create(request) {
      const answer = await createService(request);
      const made = named(answer.service);
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
      const { properties: p, previous, invoke, physicalId, previousAttributes, tags, previousTags } = request;
      const { launchType: _, role: __, ...changes } = members(p);
      const force = p.ForceNewDeployment;
      const answer = await invoke('ecs', 'UpdateService', {
        ...changes,
        cluster: p.Cluster,
        service: physicalId,
        // Without a count in the template, scaling has the say.
        desiredCount: p.DesiredCount,
        forceNewDeployment:
          force !== undefined &&
          force.EnableForceNewDeployment === true &&
          force.ForceNewDeploymentNonce !== previous.ForceNewDeployment?.ForceNewDeploymentNonce,
      });
      await steady(context, request, named(answer.service));
      await retag(invoke, physicalId, tags, previousTags);
      return { physicalId, attributes: previousAttributes };
    },
    async delete(request) {
      await remove(context, request, request.physicalId);
    },
  });

const createService = ({ properties: p, invoke, uniqueName, tags }: ResourceRequest<ServiceProperties>) =>
  invoke('ecs', 'CreateService', {
    ...members(p),
    serviceName: p.ServiceName ?? uniqueName(255),
    cluster: p.Cluster,
    schedulingStrategy: p.SchedulingStrategy,
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html#cfn-ecs-service-desiredcount
    desiredCount: p.DesiredCount ?? 1,
    tags: apiTags(tags),
  });

function members(p: ServiceProperties) {
  const {
    Tags: _,
    ServiceName: __,
    DesiredCount: ___,
    Cluster: ____,
    SchedulingStrategy: _____,
    ForceNewDeployment: ______,
    PlacementStrategies: placementStrategies,
    ...rest
  } = p;
  return {
    ...toApi<Members>(rest),
    placementStrategy: toApi<CreateServiceRequest['placementStrategy']>(placementStrategies),
  };
}

type NamedService = Service & { readonly serviceArn: string; readonly serviceName: string };

const named = (service: Service | undefined): NamedService => ({
  ...service,
  serviceArn: required(service?.serviceArn, 'service.serviceArn'),
  serviceName: required(service?.serviceName, 'service.serviceName'),
});

const state = ({ serviceArn, serviceName }: NamedService) => ({
  physicalId: serviceArn,
  attributes: { ServiceArn: serviceArn, Name: serviceName },
});

function steady(
  context: EcsContext,
  { properties, signal, progress }: ResourceRequest<ServiceProperties>,
  { serviceName, serviceArn, deployments = [] }: NamedService,
): Promise<void> {
  const { scheduler } = context;
  const cluster = shortName(properties.Cluster ?? 'default');
  const wanted = deployments.find(({ status }) => status === 'PRIMARY')?.id;
  let told = 0;
  let said: string | undefined;
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
      const unwell = [...context.tasks.values({ prefix: [cluster] })]
        .filter((task) => task.startedBy === wanted && task.desiredStatus === 'RUNNING')
        .flatMap(({ id }) => context.runner.failingCheck(id) ?? [])
        .at(0);
      if (unwell !== undefined && unwell !== said) {
        said = unwell;
        progress(`waits for ${serviceName}: ${unwell}`);
      }
      const breaker = record.configuration.deploymentCircuitBreaker?.enable === true;
      const most = why?.startsWith('CannotPullContainerError') ? patienceWithPulls : patience;
      if (!breaker && failed >= most)
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
