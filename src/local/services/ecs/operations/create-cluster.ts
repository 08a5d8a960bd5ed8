import { operation } from '../../../service.ts';
import { checkedSettings } from '../cluster-settings.ts';
import type { EcsContext } from '../context.ts';
import { describeCluster } from '../describe.ts';
import { invalidParameter } from '../errors.ts';
import { checkProviders, checkStrategy } from '../service-settings.ts';
import { tagsOf } from '../store.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html */
export const createCluster = (context: EcsContext) =>
  operation('ecs', 'CreateCluster', {
    accepts: ['clusterName', 'tags', 'settings', 'capacityProviders', 'defaultCapacityProviderStrategy'],
    access: () => ({ action: 'ecs:CreateCluster', resource: '*' }),
    handle(input) {
      const name = input.clusterName || 'default';
      if (!/^[\w-]{1,255}$/.test(name)) throw invalidParameter('Invalid cluster name.');
      // As on AWS, creating what exists answers it.
      const record = context.clusters.get(name) ?? {
        name,
        settings: checkedSettings(input.settings ?? [{ name: 'containerInsights', value: 'disabled' }]),
        capacityProviders: checkProviders(input.capacityProviders),
        defaultStrategy: checkStrategy(input.defaultCapacityProviderStrategy),
        tags: tagsOf(input.tags),
      };
      context.clusters.put(name, record);
      return { cluster: describeCluster(context, record) };
    },
  });
