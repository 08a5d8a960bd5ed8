/** Replication groups without Multi-AZ failover. */
import { isTrue, propertyRule, trustedAdvisor } from './property-rule.ts';

export const cacheFailover = propertyRule({
  id: 'cache-failover',
  severity: 'medium',
  title: 'Every replication group fails over to another zone',
  why: 'When the node or zone fails, the cache is empty and all requests go to its source.',
  reference: trustedAdvisor,
  types: ['AWS::ElastiCache::ReplicationGroup'],
  property: 'MultiAZEnabled',
  isMet: isTrue,
  finding: (resource) => `${resource.name} does not fail over to another zone`,
  fix: 'MultiAZEnabled: true, AutomaticFailoverEnabled: true and at least one replica',
});
