import { defineType } from './facts.ts';

export const rdsDbCluster = defineType({
  type: 'AWS::RDS::DBCluster',
  called: 'Aurora',
  name: 'DBClusterIdentifier',
  drawn: { category: 'data' },
  store: {
    kind: 'database',
    read: ['rds-data:ExecuteStatement'],
    write: ['rds-data:ExecuteStatement'],
    admin: ['rds:ModifyDBCluster', 'rds:DeleteDBCluster', 'rds:ModifyDBInstance', 'rds:DeleteDBInstance'],
  },
  encryption: {
    key: 'KmsKeyId',
    switch: 'StorageEncrypted',
    on: 'aws-managed',
    absent: 'none',
    // Version 1 of Aurora Serverless is always encrypted.
    always: { property: 'EngineMode', is: 'serverless' },
  },
  network: { subnets: ['DBSubnetGroupName'], groups: ['VpcSecurityGroupIds'] },
});
