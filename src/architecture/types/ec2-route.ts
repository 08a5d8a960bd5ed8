import { defineType } from './facts.ts';

export const ec2Route = defineType({ type: 'AWS::EC2::Route', called: 'route', owner: ['RouteTableId'] });
