import { defineType } from './facts.ts';

export const rdsDbInstance = defineType({
  type: 'AWS::RDS::DBInstance',
  called: 'RDS database',
  name: 'DBInstanceIdentifier',
  drawn: { category: 'data' },
  owner: ['DBClusterIdentifier'],
  store: {
    kind: 'database',
    read: ['rds-data:ExecuteStatement'],
    write: ['rds-data:ExecuteStatement'],
    admin: ['rds:ModifyDBCluster', 'rds:DeleteDBCluster', 'rds:ModifyDBInstance', 'rds:DeleteDBInstance'],
  },
  encryption: { switch: 'StorageEncrypted', on: 'aws-managed', absent: 'none', key: 'KmsKeyId' },
  network: { subnets: ['DBSubnetGroupName'], groups: ['VPCSecurityGroups'] },
});
