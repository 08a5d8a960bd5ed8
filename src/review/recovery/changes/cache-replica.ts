/** A replica for a cache that has one node. */
import { textAt } from '../../../architecture/index.ts';
import { replica } from '../components/cache.ts';
import { type Change, fromTemplate, hoursPerMonth, proposalFor } from './model.ts';

export const cacheReplica: Change = {
  id: 'cache-replica',
  propose: (component) => {
    const { resource } = component;
    if (component.kind !== 'cache' || component.copies !== 1) return undefined;
    const engine = String(textAt(resource.properties, 'Engine') ?? 'redis');
    const type = String(textAt(resource.properties, 'CacheNodeType') ?? 'unknown');
    return proposalFor(
      'cache-replica',
      component,
      {
        title: `Give ${component.resource.name} a replica in another zone`,
        how: 'A ReplicationGroup with NumCacheClusters: 2, AutomaticFailoverEnabled: true and MultiAZEnabled: true',
        prices: [
          {
            priceId: `elasticache.${engine}.${type}`,
            what: 'the replica',
            quantity: hoursPerMonth,
            basis: fromTemplate('730 h a month', resource, 'CacheNodeType'),
          },
        ],
      },
      [replica],
    );
  },
};
