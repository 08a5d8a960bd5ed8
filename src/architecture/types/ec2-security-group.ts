import { defineType } from './facts.ts';

export const ec2SecurityGroup = defineType({
  type: 'AWS::EC2::SecurityGroup',
  called: 'security group',
});
