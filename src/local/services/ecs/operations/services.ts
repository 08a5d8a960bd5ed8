/**
 * Deleting, describing and listing services.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html and its siblings
 */
import type {
  DeleteServiceCommandInput,
  DeleteServiceResponse,
  DescribeServicesCommandInput,
  DescribeServicesResponse,
  Failure,
  ListServicesCommandInput,
  ListServicesResponse,
} from '@aws-sdk/client-ecs';
import { type AccessCheck, operation, unsupported } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { describeService } from '../describe.ts';
import { invalidParameter, serviceNotActive } from '../errors.ts';
import { page } from '../page.ts';
import { clusterName, findCluster, findService, onCluster, serviceArn, shortName } from '../store.ts';

export const deleteService = (context: EcsContext) =>
  operation<DeleteServiceCommandInput, DeleteServiceResponse>({
    name: 'DeleteService',
    accepts: 'all',
    access: ({ cluster, service }) => ({
      action: 'ecs:DeleteService',
      resource: context.arn('service', `${clusterName(cluster)}/${shortName(service)}`),
      context: onCluster(context, cluster),
    }),
    handle(input) {
      const { name: cluster } = findCluster(context, input.cluster);
      const before = findService(context, cluster, input.service);
      if (before.status === 'INACTIVE') throw serviceNotActive();
      if (before.desiredCount > 0 && !input.force)
        throw invalidParameter('The service cannot be stopped while it is scaled above 0.');
      const record = { ...before, status: 'DRAINING' as const, desiredCount: 0 };
      context.services.put([cluster, record.name], record);
      context.scheduler.wake(cluster, record.name);
      return { service: describeService(context, record) };
    },
  });

export const describeServices = (context: EcsContext) =>
  operation<DescribeServicesCommandInput, DescribeServicesResponse>({
    name: 'DescribeServices',
    accepts: 'all',
    access({ cluster, services = [] }, call): AccessCheck[] {
      if (
        call.caller.kind === 'service' &&
        call.caller.service === 'ecs.application-autoscaling.amazonaws.com'
      )
        return [];
      return services.map((service) => ({
        action: 'ecs:DescribeServices',
        resource: context.arn('service', `${clusterName(cluster)}/${shortName(service)}`),
        context: onCluster(context, cluster),
      }));
    },
    handle({ cluster: given, services: wanted = [], include }) {
      const { name: cluster } = findCluster(context, given);
      if (wanted.length === 0) throw invalidParameter('Services cannot be empty.');
      const failures: Failure[] = [];
      const services = wanted.flatMap((id) => {
        const record = context.services.get([cluster, shortName(id)]);
        if (!record) {
          failures.push({ arn: serviceArn(context, { cluster, name: shortName(id) }), reason: 'MISSING' });
          return [];
        }
        const { tags, ...service } = describeService(context, record);
        return [{ ...service, ...(include?.includes('TAGS') ? { tags } : {}) }];
      });
      return { services, failures };
    },
  });

export const listServices = (context: EcsContext) =>
  operation<ListServicesCommandInput, ListServicesResponse>({
    name: 'ListServices',
    accepts: 'all',
    access: ({ cluster }) => ({
      action: 'ecs:ListServices',
      resource: '*',
      context: onCluster(context, cluster),
    }),
    handle(input) {
      const { name } = findCluster(context, input.cluster);
      if (input.resourceManagementType) throw unsupported('resourceManagementType of ecs:ListServices');
      const all = [...context.services.values({ prefix: [name] })]
        .filter(
          (service) =>
            service.status !== 'INACTIVE' &&
            (!input.launchType || service.launchType === input.launchType) &&
            input.schedulingStrategy !== 'DAEMON',
        )
        .map((service) => serviceArn(context, service));
      // AWS's page is ten by default here.
      const { items, next } = page(all, input.nextToken, input.maxResults ?? 10);
      return { serviceArns: items, nextToken: next };
    },
  });
