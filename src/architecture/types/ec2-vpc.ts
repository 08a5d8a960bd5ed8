import { defineType } from './facts.ts';

export const ec2Vpc = defineType({ type: 'AWS::EC2::VPC', called: 'network', arn: 'ec2:R:A:vpc/N' });
