import { operation } from '../../../service.ts';
import { checkedSettings, clusterAccess } from '../cluster-settings.ts';
import type { EcsContext } from '../context.ts';
import { describeCluster } from '../describe.ts';
import { findCluster } from '../store.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateClusterSettings.html */
export const updateClusterSettings = (context: EcsContext) =>
  operation('ecs', 'UpdateClusterSettings', {
    accepts: 'all',
    access: clusterAccess(context, 'UpdateClusterSettings'),
    handle(input) {
      const record = { ...findCluster(context, input.cluster), settings: checkedSettings(input.settings) };
      context.clusters.put(record.name, record);
      return { cluster: describeCluster(context, record) };
    },
  });
