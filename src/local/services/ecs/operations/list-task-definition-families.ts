import { operation } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { page } from '../page.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitionFamilies.html */
export const listTaskDefinitionFamilies = (context: EcsContext) =>
  operation('ecs', 'ListTaskDefinitionFamilies', {
    accepts: 'all',
    access: () => ({ action: 'ecs:ListTaskDefinitionFamilies', resource: '*' }),
    handle({ familyPrefix = '', status = 'ACTIVE', maxResults, nextToken }) {
      const active = new Map<string, boolean>();
      for (const record of context.taskDefinitions.values())
        active.set(record.family, record.status === 'ACTIVE' || active.get(record.family) === true);
      const all = [...active]
        .filter(
          ([family, isActive]) =>
            family.startsWith(familyPrefix) && (status === 'ALL' || isActive === (status === 'ACTIVE')),
        )
        .map(([family]) => family);
      const { items, next } = page(all, nextToken, maxResults);
      return { families: items, nextToken: next };
    },
  });
