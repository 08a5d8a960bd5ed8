import { operation } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { describeService } from '../describe.ts';
import { invalidParameter, serviceNotActive } from '../errors.ts';
import { clusterName, findCluster, findService, onCluster, shortName } from '../store.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html */
export const deleteService = (context: EcsContext) =>
  operation('ecs', 'DeleteService', {
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
