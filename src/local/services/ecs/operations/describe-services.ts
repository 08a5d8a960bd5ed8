import type { Failure } from '@aws-sdk/client-ecs';
import { type AccessCheck, operation } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { describeService } from '../describe.ts';
import { invalidParameter } from '../errors.ts';
import { clusterName, findCluster, onCluster, serviceArn, shortName } from '../store.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
export const describeServices = (context: EcsContext) =>
  operation('ecs', 'DescribeServices', {
    accepts: 'all',
    access({ cluster, services = [] }, call): AccessCheck[] {
      if (
        call.caller.kind === 'service' &&
        call.caller.service === 'ecs.application-autoscaling.amazonaws.com'
      )
        return [];
      return services.map((service) => ({
        action: 'ecs:DescribeServices',
        resource: context.arn('service', `${clusterName(cluster)}/${shortName(service)}`),
        context: onCluster(context, cluster),
      }));
    },
    handle({ cluster: given, services: wanted = [], include }) {
      const { name: cluster } = findCluster(context, given);
      if (wanted.length === 0) throw invalidParameter('Services cannot be empty.');
      const failures: Failure[] = [];
      const services = wanted.flatMap((id) => {
        const record = context.services.get([cluster, shortName(id)]);
        if (!record) {
          failures.push({ arn: serviceArn(context, { cluster, name: shortName(id) }), reason: 'MISSING' });
          return [];
        }
        const { tags, ...service } = describeService(context, record);
        return [{ ...service, ...(include?.includes('TAGS') ? { tags } : {}) }];
      });
      return { services, failures };
    },
  });
