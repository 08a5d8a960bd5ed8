import { defineType } from './facts.ts';

export const iamInstanceProfile = defineType({
  type: 'AWS::IAM::InstanceProfile',
  called: 'instance profile',
  name: 'InstanceProfileName',
  arn: 'iam::A:instance-profile/N',
  drawn: 'with its user',
  runsAs: ['Roles'],
});
