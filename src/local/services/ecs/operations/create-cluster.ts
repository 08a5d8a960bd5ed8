import { operation, thrownBy } from '../../../service.ts';
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
    *problems(input) {
      if (!/^[\w-]{1,255}$/.test(input.clusterName || 'default'))
        yield invalidParameter('Invalid cluster name.');
      for (const setting of input.settings ?? []) yield* thrownBy(() => checkedSettings([setting]));
      yield* thrownBy(
        () => checkProviders(input.capacityProviders),
        () => checkStrategy(input.defaultCapacityProviderStrategy),
      );
    },
    handle(input) {
      const name = input.clusterName || 'default';
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
