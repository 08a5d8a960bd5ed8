import { defineType } from './facts.ts';

export const ec2LaunchTemplate = defineType({
  type: 'AWS::EC2::LaunchTemplate',
  called: 'launch template',
  drawn: 'with its user',
  runsAs: ['LaunchTemplateData.IamInstanceProfile'],
  configuration: ['LaunchTemplateData.UserData'],
  network: {
    groups: ['LaunchTemplateData.SecurityGroupIds', 'LaunchTemplateData.NetworkInterfaces.*.Groups'],
  },
});
