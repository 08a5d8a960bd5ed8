import { operation } from '../../../service.ts';
import type { ScalingContext } from '../context.ts';
import { describeTarget } from '../describe.ts';
import { checkNamespace, page } from '../store.ts';

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalableTargets.html */
export const describeScalableTargets = (context: ScalingContext) =>
  operation('application-autoscaling', 'DescribeScalableTargets', {
    accepts: 'all',
    access: () => ({ action: 'application-autoscaling:DescribeScalableTargets', resource: '*' }),
    handle(input) {
      checkNamespace(input);
      const all = [...context.targets.values()].filter(
        ({ resourceId }) => !input.ResourceIds?.length || input.ResourceIds.includes(resourceId),
      );
      const { items, next } = page(all, input.NextToken, input.MaxResults);
      return { ScalableTargets: items.map(describeTarget), NextToken: next };
    },
  });
