import type { DescribeAlarmsOutput, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { ServiceEnvironment } from '../../service.ts';

/** Every alarm that acts on a scaling policy. */
export async function scalingAlarms(env: ServiceEnvironment): Promise<MetricAlarm[]> {
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
