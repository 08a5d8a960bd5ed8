import { defineType } from './facts.ts';

export const ec2Subnet = defineType({ type: 'AWS::EC2::Subnet', called: 'subnet', arn: 'ec2:R:A:subnet/N' });
