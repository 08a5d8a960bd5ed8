import { operation } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { page } from '../page.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListClusters.html */
export const listClusters = (context: EcsContext) =>
  operation('ecs', 'ListClusters', {
    accepts: 'all',
    access: () => ({ action: 'ecs:ListClusters', resource: '*' }),
    handle(input) {
      const all = [...context.clusters.values()].map(({ name }) => context.arn('cluster', name));
      const { items, next } = page(all, input.nextToken, input.maxResults);
      return { clusterArns: items, nextToken: next };
    },
  });
