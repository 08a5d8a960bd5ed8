/**
 * Logs that a service has delivered: whoever sets the delivery up may do so, and it then writes by the log groups'
 * resource policy. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
import type { Caller } from '../iam/index.ts';
import type { ServiceEnvironment } from './service.ts';

export const deliveryService = 'delivery.logs.amazonaws.com';
const policyName = 'AWSLogDeliveryWrite20150319';

const needed = [
  ...['logs:CreateLogDelivery', 'logs:GetLogDelivery', 'logs:UpdateLogDelivery', 'logs:DeleteLogDelivery'],
  ...[
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:DescribeResourcePolicies',
    'logs:DescribeLogGroups',
  ],
];

/** @returns whether the caller may have logs delivered; the log group's policy then takes them */
export async function allowDelivery(
  env: ServiceEnvironment,
  caller: Caller,
  group: string,
): Promise<boolean> {
  if (needed.some((action) => env.foreseeAction(caller, action))) return false;
  const as = env.as(caller);
  const { resourcePolicies = [] } = await as('logs', 'DescribeResourcePolicies', {});
  const before = resourcePolicies.find((one) => one.policyName === policyName)?.policyDocument;
  const streams = `${group.replace(/:\*$/, '')}:log-stream:*`;
  if (before?.includes(streams)) return true;
  const old = (before ? JSON.parse(before) : { Statement: [] }) as { readonly Statement: readonly object[] };
  await as('logs', 'PutResourcePolicy', {
    policyName,
    policyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        ...old.Statement,
        {
          Effect: 'Allow',
          Principal: { Service: deliveryService },
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: [streams],
        },
      ],
    }),
  });
  return true;
}
