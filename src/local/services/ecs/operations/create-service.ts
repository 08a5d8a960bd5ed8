import { operation, thrownBy, unsupported } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { describeService } from '../describe.ts';
import { clientError, invalidParameter } from '../errors.ts';
import type { ServiceRecord } from '../records.ts';
import {
  checkDeployment,
  checkLaunchType,
  checkNetwork,
  checkStrategy,
  nothingProblems,
} from '../service-settings.ts';
import { clusterName, findCluster, findTaskDefinition, onCluster, tagsOf } from '../store.ts';

/** What only a load balancer, Service Connect, volumes or EC2 instances would give a meaning. */
export const refusedOfServices = [
  ...['loadBalancers', 'serviceRegistries', 'placementConstraints', 'placementStrategy'],
  ...['enableExecuteCommand', 'serviceConnectConfiguration', 'volumeConfigurations', 'role'],
  ...['vpcLatticeConfigurations', 'gatewayConnectors', 'monitoring'],
];

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
export const createService = (context: EcsContext) =>
  operation('ecs', 'CreateService', {
    accepts: 'all',
    access: ({ cluster, serviceName = '' }) => ({
      action: 'ecs:CreateService',
      resource: context.arn('service', `${clusterName(cluster)}/${serviceName}`),
      context: onCluster(context, cluster),
    }),
    *problems(input) {
      const { serviceName: name = '', desiredCount, deploymentController: controller } = input;
      if (!/^[\w-]{1,255}$/.test(name)) yield invalidParameter('Invalid service name.');
      yield* nothingProblems(input, refusedOfServices, 'ecs:CreateService');
      if (input.schedulingStrategy === 'DAEMON') yield unsupported('the scheduling strategy DAEMON');
      if (controller && controller.type !== 'ECS')
        yield unsupported(`the deployment controller ${controller.type}`);
      if (desiredCount === undefined)
        yield invalidParameter('Desired count must be specified for the scheduling strategy REPLICA.');
      else if (desiredCount < 0) yield invalidParameter('Desired count must not be negative.');
      yield* thrownBy(
        () => checkLaunchType(input.launchType),
        () => checkStrategy(input.capacityProviderStrategy),
        () => checkDeployment(input.deploymentConfiguration),
        () => checkNetwork(input.networkConfiguration),
      );
    },
    handle(input, call) {
      const { name: cluster, defaultStrategy } = findCluster(context, input.cluster);
      const { serviceName: name = '', desiredCount = 0 } = input;
      const definition = findTaskDefinition(context, input.taskDefinition);
      if (definition.status !== 'ACTIVE') throw clientError('TaskDefinition is inactive');
      const kept = context.services.get([cluster, name]);
      if (kept && kept.status !== 'INACTIVE')
        throw invalidParameter(
          kept.status === 'DRAINING'
            ? 'Unable to Start a service that is still Draining.'
            : 'Creation of service was not idempotent.',
        );
      const given = checkStrategy(input.capacityProviderStrategy);
      const strategy = given.length > 0 ? given : input.launchType ? [] : defaultStrategy;
      const record: ServiceRecord = {
        name,
        cluster,
        status: 'ACTIVE',
        desiredCount,
        ...(strategy.length > 0 ? { strategy } : { launchType: 'FARGATE' }),
        platformVersion: input.platformVersion ?? 'LATEST',
        configuration: checkDeployment(input.deploymentConfiguration),
        network: checkNetwork(input.networkConfiguration),
        healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds ?? 0,
        propagateTags: input.propagateTags ?? 'NONE',
        managedTags: input.enableECSManagedTags ?? false,
        zoneRebalancing: input.availabilityZoneRebalancing ?? 'DISABLED',
        deployments: [],
        events: [],
        createdAt: context.env.clock.now(),
        createdBy: call.caller.arn,
        tags: tagsOf(input.tags),
      };
      const deployed = context.scheduler.deploy(record, definition.arn);
      context.services.put([cluster, name], deployed);
      context.scheduler.wake(cluster, name);
      return { service: describeService(context, deployed) };
    },
  });
