import { operation } from '../../../service.ts';
import { checkedSettings, clusterAccess } from '../cluster-settings.ts';
import type { EcsContext } from '../context.ts';
import { describeCluster } from '../describe.ts';
import { findCluster } from '../store.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateCluster.html */
export const updateCluster = (context: EcsContext) =>
  operation('ecs', 'UpdateCluster', {
    accepts: ['cluster', 'settings'],
    access: clusterAccess(context, 'UpdateCluster'),
    handle(input) {
      const before = findCluster(context, input.cluster);
      const record = {
        ...before,
        settings: input.settings ? checkedSettings(input.settings) : before.settings,
      };
      context.clusters.put(record.name, record);
      return { cluster: describeCluster(context, record) };
    },
  });
