import type { Failure } from '@aws-sdk/client-ecs';
import { operation } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { describeCluster } from '../describe.ts';
import { clusterName } from '../store.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html */
export const describeClusters = (context: EcsContext) =>
  operation('ecs', 'DescribeClusters', {
    accepts: ['clusters', 'include'],
    access: ({ clusters }) =>
      (clusters?.length ? clusters : ['default']).map((cluster) => ({
        action: 'ecs:DescribeClusters',
        resource: context.arn('cluster', clusterName(cluster)),
      })),
    handle({ clusters: wanted }) {
      const failures: Failure[] = [];
      const clusters = (wanted?.length ? wanted : ['default']).flatMap((name) => {
        const record = context.clusters.get(clusterName(name));
        if (record) return [describeCluster(context, record)];
        failures.push({ arn: context.arn('cluster', clusterName(name)), reason: 'MISSING' });
        return [];
      });
      return { clusters, failures };
    },
  });
