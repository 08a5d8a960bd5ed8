import { defineType } from './facts.ts';

export const elasticacheReplicationGroup = defineType({
  type: 'AWS::ElastiCache::ReplicationGroup',
  called: 'cache',
  name: 'ReplicationGroupId',
  drawn: { category: 'data' },
  store: {
    kind: 'cache',
    read: ['elasticache:Connect'],
    write: ['elasticache:Connect'],
    admin: ['elasticache:DeleteReplicationGroup', 'elasticache:DeleteCacheCluster'],
  },
  encryption: { switch: 'AtRestEncryptionEnabled', on: 'aws-managed', absent: 'none', key: 'KmsKeyId' },
  network: { subnets: ['CacheSubnetGroupName'], groups: ['SecurityGroupIds'] },
});
