import { defineType } from './facts.ts';

export const ec2Instance = defineType({
  type: 'AWS::EC2::Instance',
  called: 'EC2 instance',
  drawn: { category: 'compute' },
  compute: true,
  runsAs: ['IamInstanceProfile', 'LaunchTemplate'],
  configuration: ['UserData', 'LaunchTemplate'],
  network: {
    subnets: ['SubnetId'],
    groups: ['SecurityGroupIds', 'SecurityGroups', 'NetworkInterfaces.*.GroupSet'],
  },
});
