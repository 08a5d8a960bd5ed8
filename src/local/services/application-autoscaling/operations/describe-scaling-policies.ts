import { operation } from '../../../service.ts';
import type { ScalingContext } from '../context.ts';
import { describePolicy } from '../describe.ts';
import { scalingAlarms } from '../scaling-alarms.ts';
import { checkNamespace, type PolicyRecord, page } from '../store.ts';

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingPolicies.html */
export const describeScalingPolicies = (context: ScalingContext) =>
  operation('application-autoscaling', 'DescribeScalingPolicies', {
    accepts: 'all',
    access: () => ({ action: 'application-autoscaling:DescribeScalingPolicies', resource: '*' }),
    async handle(input) {
      checkNamespace(input);
      const all = [...context.policies.values()].filter(
        ({ name, resourceId }) =>
          (!input.ResourceId || resourceId === input.ResourceId) &&
          (!input.PolicyNames?.length || input.PolicyNames.includes(name)),
      );
      const { items, next } = page(all, input.NextToken, input.MaxResults);
      const alarms = items.length > 0 ? await scalingAlarms(context.env) : [];
      const of = ({ arn }: PolicyRecord) =>
        alarms
          .filter(({ AlarmActions }) => AlarmActions?.includes(arn))
          .map(({ AlarmName = '' }) => AlarmName);
      return {
        ScalingPolicies: items.map((record) => describePolicy(context, record, of(record))),
        NextToken: next,
      };
    },
  });
