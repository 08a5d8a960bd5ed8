import { defineType } from './facts.ts';

export const rdsDbSubnetGroup = defineType({
  type: 'AWS::RDS::DBSubnetGroup',
  called: 'database subnet group',
  name: 'DBSubnetGroupName',
});
