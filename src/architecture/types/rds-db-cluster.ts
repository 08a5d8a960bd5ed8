import { defineType } from './facts.ts';

export const rdsDbCluster = defineType({
  type: 'AWS::RDS::DBCluster',
  called: 'Aurora',
  name: 'DBClusterIdentifier',
  drawn: { category: 'data' },
  store: {
    kind: 'database',
    read: ['rds-data:ExecuteStatement', 'neptune-db:ReadDataViaQuery'],
    write: ['rds-data:ExecuteStatement', 'neptune-db:WriteDataViaQuery'],
    admin: ['rds:ModifyDBCluster', 'rds:DeleteDBCluster', 'rds:ModifyDBInstance', 'rds:DeleteDBInstance'],
  },
  encryption: { switch: 'StorageEncrypted', on: 'aws-managed', absent: 'none', key: 'KmsKeyId' },
  network: { subnets: ['DBSubnetGroupName'], groups: ['VpcSecurityGroupIds'] },
});
