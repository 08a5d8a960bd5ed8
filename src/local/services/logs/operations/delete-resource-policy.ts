import type { DeleteResourcePolicyCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../../../service.ts';
import type { LogsContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { policiesOf } from '../resource-policies.ts';

export const deleteResourcePolicy = ({ env }: LogsContext) =>
  operation<DeleteResourcePolicyCommandInput, Record<string, never>>({
    name: 'DeleteResourcePolicy',
    accepts: ['policyName'],
    access: () => ({ action: 'logs:DeleteResourcePolicy', resource: '*' }),
    handle({ policyName }) {
      if (!policiesOf(env).delete(policyName ?? '')) throw notFound('policy');
      return {};
    },
  });
