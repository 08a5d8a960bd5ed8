import { operation } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { describeTaskDefinition } from '../describe.ts';
import { clientError } from '../errors.ts';
import { findTaskDefinition, shortName } from '../store.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html */
export const deregisterTaskDefinition = (context: EcsContext) =>
  operation('ecs', 'DeregisterTaskDefinition', {
    accepts: 'all',
    access: () => ({ action: 'ecs:DeregisterTaskDefinition', resource: '*' }),
    handle({ taskDefinition = '' }) {
      if (!shortName(taskDefinition).includes(':')) throw clientError('Revision is missing.');
      const before = findTaskDefinition(context, taskDefinition);
      const record = {
        ...before,
        status: 'INACTIVE' as const,
        deregisteredAt: before.deregisteredAt ?? context.env.clock.now(),
      };
      context.taskDefinitions.put([record.family, record.revision], record);
      return { taskDefinition: describeTaskDefinition(record) };
    },
  });
