import { defineType } from './facts.ts';

export const redshiftCluster = defineType({
  type: 'AWS::Redshift::Cluster',
  called: 'Redshift',
  drawn: { category: 'data' },
  store: {
    kind: 'database',
    read: ['rds-data:ExecuteStatement', 'neptune-db:ReadDataViaQuery'],
    write: ['rds-data:ExecuteStatement', 'neptune-db:WriteDataViaQuery'],
    admin: ['rds:ModifyDBCluster', 'rds:DeleteDBCluster', 'rds:ModifyDBInstance', 'rds:DeleteDBInstance'],
  },
  encryption: { switch: 'Encrypted', on: 'aws-managed', absent: 'none', key: 'KmsKeyId' },
  network: { subnets: ['ClusterSubnetGroupName'], groups: ['VpcSecurityGroupIds'] },
});
