import { defineType } from './facts.ts';

export const elasticacheCacheCluster = defineType({
  type: 'AWS::ElastiCache::CacheCluster',
  called: 'cache',
  drawn: { category: 'data' },
  store: {
    kind: 'cache',
    read: ['elasticache:Connect'],
    write: ['elasticache:Connect'],
    admin: ['elasticache:DeleteReplicationGroup', 'elasticache:DeleteCacheCluster'],
  },
  network: { subnets: ['CacheSubnetGroupName'], groups: ['VpcSecurityGroupIds'] },
});
