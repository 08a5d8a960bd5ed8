import { defineType } from './facts.ts';

export const ec2SubnetRouteTableAssociation = defineType({
  type: 'AWS::EC2::SubnetRouteTableAssociation',
  called: 'route table association',
  owner: ['SubnetId'],
});
