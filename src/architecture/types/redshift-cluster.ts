import { defineType } from './facts.ts';

export const redshiftCluster = defineType({
  type: 'AWS::Redshift::Cluster',
  called: 'Redshift',
  drawn: { category: 'data' },
  store: {
    kind: 'database',
    read: ['redshift-data:ExecuteStatement'],
    write: ['redshift-data:ExecuteStatement'],
    admin: ['redshift:ModifyCluster', 'redshift:DeleteCluster'],
  },
  encryption: { switch: 'Encrypted', on: 'aws-managed', absent: 'none', key: 'KmsKeyId' },
  network: { subnets: ['ClusterSubnetGroupName'], groups: ['VpcSecurityGroupIds'] },
});
