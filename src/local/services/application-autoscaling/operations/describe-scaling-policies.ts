import type {
  DescribeScalingPoliciesCommandInput,
  DescribeScalingPoliciesResponse,
} from '@aws-sdk/client-application-auto-scaling';
import type { DescribeAlarmsOutput, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { operation } from '../../../service.ts';
import type { ScalingContext } from '../context.ts';
import { describePolicy } from '../describe.ts';
import { checkNamespace, type PolicyRecord, page } from '../store.ts';

async function watchers({ env }: ScalingContext): Promise<MetricAlarm[]> {
  const invoke = env.asService('application-autoscaling.amazonaws.com');
  const all: MetricAlarm[] = [];
  let NextToken: string | undefined;
  do {
    const answer: DescribeAlarmsOutput = await invoke('cloudwatch', 'DescribeAlarms', {
      ActionPrefix: 'arn:aws:autoscaling:',
      NextToken,
    });
    all.push(...(answer.MetricAlarms ?? []));
    NextToken = answer.NextToken;
  } while (NextToken);
  return all;
}

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingPolicies.html */
export const describeScalingPolicies = (context: ScalingContext) =>
  operation<DescribeScalingPoliciesCommandInput, DescribeScalingPoliciesResponse>({
    name: 'DescribeScalingPolicies',
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
      const alarms = items.length > 0 ? await watchers(context) : [];
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
