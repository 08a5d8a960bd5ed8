import { isDeepStrictEqual } from 'node:util';
import { type AccessCheck, operation, unsupported } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { describeService } from '../describe.ts';
import { clientError, invalidParameter, serviceNotActive } from '../errors.ts';
import type { ServiceRecord } from '../records.ts';
import { checkDeployment, checkNetwork, checkNothing, checkStrategy } from '../service-settings.ts';
import { clusterName, findCluster, findService, findTaskDefinition, onCluster, shortName } from '../store.ts';
import { refusedOfServices } from './create-service.ts';

/** A change of the count alone is no deployment. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html */
export const updateService = (context: EcsContext) =>
  operation('ecs', 'UpdateService', {
    accepts: 'all',
    access({ cluster, service, taskDefinition }, call): AccessCheck[] {
      // Application Auto Scaling acts with its service-linked role, which cannot be taken away.
      if (
        call.caller.kind === 'service' &&
        call.caller.service === 'ecs.application-autoscaling.amazonaws.com'
      )
        return [];
      const named: Record<string, string> = taskDefinition
        ? { 'ecs:task-definition': findTaskDefinition(context, taskDefinition).arn }
        : {};
      return [
        {
          action: 'ecs:UpdateService',
          resource: context.arn('service', `${clusterName(cluster)}/${shortName(service)}`),
          context: { ...onCluster(context, cluster), ...named },
        },
      ];
    },
    handle(input) {
      const { name: cluster } = findCluster(context, input.cluster);
      const before = findService(context, cluster, input.service);
      if (before.status !== 'ACTIVE') throw serviceNotActive();
      checkNothing(input, refusedOfServices, 'ecs:UpdateService');
      if (input.deploymentController && input.deploymentController.type !== 'ECS')
        throw unsupported(`the deployment controller ${input.deploymentController.type}`);
      if (input.desiredCount !== undefined && input.desiredCount < 0)
        throw invalidParameter('Desired count must not be negative.');
      const { strategy: _, launchType: __, ...rest } = before;
      const strategy = input.capacityProviderStrategy && checkStrategy(input.capacityProviderStrategy);
      const after: ServiceRecord = {
        ...(strategy
          ? { ...rest, ...(strategy.length > 0 ? { strategy } : { launchType: 'FARGATE' }) }
          : before),
        desiredCount: input.desiredCount ?? before.desiredCount,
        platformVersion: input.platformVersion ?? before.platformVersion,
        configuration: input.deploymentConfiguration
          ? checkDeployment(input.deploymentConfiguration, before.configuration)
          : before.configuration,
        ...(input.networkConfiguration ? { network: checkNetwork(input.networkConfiguration) } : {}),
        healthCheckGracePeriodSeconds:
          input.healthCheckGracePeriodSeconds ?? before.healthCheckGracePeriodSeconds,
        propagateTags: input.propagateTags ?? before.propagateTags,
        managedTags: input.enableECSManagedTags ?? before.managedTags,
        zoneRebalancing: input.availabilityZoneRebalancing ?? before.zoneRebalancing,
      };
      const running = before.deployments.find(({ status }) => status === 'PRIMARY')?.taskDefinitionArn;
      const definition = findTaskDefinition(context, input.taskDefinition ?? running);
      if (input.taskDefinition && definition.status !== 'ACTIVE')
        throw clientError('TaskDefinition is inactive');
      const needsDeployment =
        input.forceNewDeployment === true ||
        definition.arn !== running ||
        after.platformVersion !== before.platformVersion ||
        !isDeepStrictEqual(after.network, before.network) ||
        !isDeepStrictEqual(after.strategy, before.strategy);
      const saved = needsDeployment ? context.scheduler.deploy(after, definition.arn) : after;
      context.services.put([cluster, before.name], saved);
      context.scheduler.wake(cluster, before.name);
      return { service: describeService(context, saved) };
    },
  });
