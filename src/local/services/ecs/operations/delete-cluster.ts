import { AwsError, operation } from '../../../service.ts';
import { clusterAccess } from '../cluster-settings.ts';
import type { EcsContext } from '../context.ts';
import { describeCluster } from '../describe.ts';
import { findCluster } from '../store.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html */
export const deleteCluster = (context: EcsContext) =>
  operation('ecs', 'DeleteCluster', {
    accepts: 'all',
    access: clusterAccess(context, 'DeleteCluster'),
    handle(input) {
      const record = findCluster(context, input.cluster);
      const services = [...context.services.values({ prefix: [record.name] })];
      if (services.some(({ status }) => status !== 'INACTIVE'))
        throw new AwsError(
          'ClusterContainsServicesException',
          'The Cluster cannot be deleted while Services are active.',
        );
      const tasks = [...context.tasks.values({ prefix: [record.name] })];
      if (tasks.some(({ lastStatus }) => lastStatus !== 'STOPPED'))
        throw new AwsError(
          'ClusterContainsTasksException',
          'The Cluster cannot be deleted while Tasks are active.',
        );
      context.env.store.transaction(() => {
        context.services.clear([record.name]);
        context.tasks.clear([record.name]);
        context.clusters.delete(record.name);
      });
      return { cluster: { ...describeCluster(context, record), status: 'INACTIVE' } };
    },
  });
