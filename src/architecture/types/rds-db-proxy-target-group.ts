import { defineType } from './facts.ts';

export const rdsDbProxyTargetGroup = defineType({
  type: 'AWS::RDS::DBProxyTargetGroup',
  called: 'proxy target group',
  owner: ['DBProxyName'],
  databases: ['DBInstanceIdentifiers', 'DBClusterIdentifiers'],
});
