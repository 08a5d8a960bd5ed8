import { operation } from '../../../service.ts';
import type { LogsContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { policiesOf } from '../resource-policies.ts';

export const deleteResourcePolicy = ({ env }: LogsContext) =>
  operation('logs', 'DeleteResourcePolicy', {
    accepts: ['policyName'],
    access: () => ({ action: 'logs:DeleteResourcePolicy', resource: '*' }),
    handle({ policyName }) {
      if (!policiesOf(env).delete(policyName ?? '')) throw notFound('policy');
      return {};
    },
  });
