import { defineType } from './facts.ts';

export const ec2FlowLog = defineType({
  type: 'AWS::EC2::FlowLog',
  called: 'flow log',
  logs: ['LogGroupName', 'LogDestination'],
});
