import { defineType } from './facts.ts';

export const ec2NatGateway = defineType({
  type: 'AWS::EC2::NatGateway',
  called: 'NAT gateway',
  drawn: { category: 'network' },
});
