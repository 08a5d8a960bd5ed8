import { defineType } from './facts.ts';

export const rdsDbProxy = defineType({
  type: 'AWS::RDS::DBProxy',
  called: 'RDS proxy',
  name: 'DBProxyName',
  drawn: { category: 'data' },
  runsAs: ['RoleArn'],
  network: { subnets: ['VpcSubnetIds'], groups: ['VpcSecurityGroupIds'] },
});
