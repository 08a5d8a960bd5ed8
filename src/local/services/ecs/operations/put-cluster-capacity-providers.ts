import { operation, thrownBy } from '../../../service.ts';
import { clusterAccess } from '../cluster-settings.ts';
import type { EcsContext } from '../context.ts';
import { describeCluster } from '../describe.ts';
import { checkProviders, checkStrategy } from '../service-settings.ts';
import { findCluster } from '../store.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html */
export const putClusterCapacityProviders = (context: EcsContext) =>
  operation('ecs', 'PutClusterCapacityProviders', {
    accepts: 'all',
    access: clusterAccess(context, 'PutClusterCapacityProviders'),
    problems: (input) =>
      thrownBy(
        () => checkProviders(input.capacityProviders),
        () => checkStrategy(input.defaultCapacityProviderStrategy),
      ),
    handle(input) {
      const record = {
        ...findCluster(context, input.cluster),
        capacityProviders: checkProviders(input.capacityProviders),
        defaultStrategy: checkStrategy(input.defaultCapacityProviderStrategy),
      };
      context.clusters.put(record.name, record);
      return { cluster: describeCluster(context, record) };
    },
  });
