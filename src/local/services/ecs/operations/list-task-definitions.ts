import { operation } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { page } from '../page.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitions.html */
export const listTaskDefinitions = (context: EcsContext) =>
  operation('ecs', 'ListTaskDefinitions', {
    accepts: 'all',
    access: () => ({ action: 'ecs:ListTaskDefinitions', resource: '*' }),
    handle({ familyPrefix = '', status = 'ACTIVE', sort, maxResults, nextToken }) {
      const all = [...context.taskDefinitions.values()]
        .filter(
          (record) => record.status === status && (familyPrefix === '' || record.family === familyPrefix),
        )
        .map(({ arn }) => arn);
      const { items, next } = page(sort === 'DESC' ? all.reverse() : all, nextToken, maxResults);
      return { taskDefinitionArns: items, nextToken: next };
    },
  });
