import { defineType } from './facts.ts';

export const iamInstanceProfile = defineType({
  type: 'AWS::IAM::InstanceProfile',
  called: 'instance profile',
  name: 'InstanceProfileName',
  drawn: 'with its user',
  runsAs: ['Roles'],
});
