import { defineType } from './facts.ts';

export const efsMountTarget = defineType({
  type: 'AWS::EFS::MountTarget',
  called: 'mount target',
  owner: ['FileSystemId'],
  network: { subnets: ['SubnetId'], groups: ['SecurityGroups'] },
  drawn: 'with its owner',
});
