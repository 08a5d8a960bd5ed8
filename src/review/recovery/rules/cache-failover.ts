/** A cache whose node is not replaced by a replica. */
import { advisor, isTrue, propertyRule } from './kit.ts';

export const cacheFailover = propertyRule({
  id: 'cache-failover',
  severity: 'medium',
  title: 'Every replication group fails over to another zone',
  why: 'When the node or zone fails the cache is empty and its source takes all the load.',
  reference: advisor,
  types: ['AWS::ElastiCache::ReplicationGroup'],
  property: 'MultiAZEnabled',
  good: isTrue,
  says: (resource) => `${resource.name} does not fail over to another zone`,
  fix: 'MultiAZEnabled: true, AutomaticFailoverEnabled: true and at least one replica',
});
