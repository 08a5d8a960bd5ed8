import { defineType } from './facts.ts';

export const docdbDbCluster = defineType({
  type: 'AWS::DocDB::DBCluster',
  called: 'DocumentDB',
  drawn: { category: 'data' },
  store: {
    kind: 'database',
    admin: ['rds:ModifyDBCluster', 'rds:DeleteDBCluster', 'rds:ModifyDBInstance', 'rds:DeleteDBInstance'],
  },
  encryption: { switch: 'StorageEncrypted', on: 'aws-managed', absent: 'none', key: 'KmsKeyId' },
  network: { subnets: ['DBSubnetGroupName'], groups: ['VpcSecurityGroupIds'] },
});
