import { defineType } from './facts.ts';

export const elasticacheServerlessCache = defineType({
  type: 'AWS::ElastiCache::ServerlessCache',
  called: 'cache',
  name: 'ServerlessCacheName',
  drawn: { category: 'data' },
  store: {
    kind: 'cache',
    read: ['elasticache:Connect'],
    write: ['elasticache:Connect'],
    admin: ['elasticache:DeleteReplicationGroup', 'elasticache:DeleteCacheCluster'],
  },
  encryption: { on: 'aws-owned', absent: 'aws-owned', key: 'KmsKeyId' },
  network: { subnets: ['SubnetIds'], groups: ['SecurityGroupIds'] },
});
