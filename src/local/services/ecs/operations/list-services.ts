import { operation, unsupported } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { page } from '../page.ts';
import { findCluster, onCluster, serviceArn } from '../store.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html */
export const listServices = (context: EcsContext) =>
  operation('ecs', 'ListServices', {
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
