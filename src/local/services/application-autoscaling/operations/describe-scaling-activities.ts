import { operation } from '../../../service.ts';
import type { ScalingContext } from '../context.ts';
import { describeActivity } from '../describe.ts';
import { checkNamespace, page } from '../store.ts';

/** Newest first. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingActivities.html */
export const describeScalingActivities = (context: ScalingContext) =>
  operation('application-autoscaling', 'DescribeScalingActivities', {
    accepts: ['ServiceNamespace', 'ResourceId', 'ScalableDimension', 'MaxResults', 'NextToken'],
    access: () => ({ action: 'application-autoscaling:DescribeScalingActivities', resource: '*' }),
    async handle(input) {
      checkNamespace(input);
      await context.engine.settle();
      const all = [...context.activities.values(input.ResourceId ? { prefix: [input.ResourceId] } : {})].sort(
        (a, b) => b.at - a.at,
      );
      const { items, next } = page(all, input.NextToken, input.MaxResults);
      return { ScalingActivities: items.map(describeActivity), NextToken: next };
    },
  });
