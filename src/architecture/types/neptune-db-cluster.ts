import { defineType } from './facts.ts';

export const neptuneDbCluster = defineType({
  type: 'AWS::Neptune::DBCluster',
  called: 'Neptune',
  drawn: { category: 'data' },
  store: {
    kind: 'database',
    read: ['neptune-db:ReadDataViaQuery'],
    write: ['neptune-db:WriteDataViaQuery'],
    admin: ['rds:ModifyDBCluster', 'rds:DeleteDBCluster', 'rds:ModifyDBInstance', 'rds:DeleteDBInstance'],
  },
  encryption: { switch: 'StorageEncrypted', on: 'aws-managed', absent: 'none', key: 'KmsKeyId' },
  network: { subnets: ['DBSubnetGroupName'], groups: ['VpcSecurityGroupIds'] },
});
