import { operation } from '../../../service.ts';
import type { LogsContext } from '../context.ts';
import { policiesOf } from '../resource-policies.ts';

/** AWS allows ten policies, so one page holds them all. */
export const describeResourcePolicies = ({ env }: LogsContext) =>
  operation('logs', 'DescribeResourcePolicies', {
    accepts: ['limit'],
    access: () => ({ action: 'logs:DescribeResourcePolicies', resource: '*' }),
    handle: ({ limit = 50 }) => ({ resourcePolicies: [...policiesOf(env).values()].slice(0, limit) }),
  });
