import { defineType } from './facts.ts';

export const ec2VolumeAttachment = defineType({
  type: 'AWS::EC2::VolumeAttachment',
  called: 'volume attachment',
  owner: ['InstanceId'],
});
