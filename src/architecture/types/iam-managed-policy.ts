import { defineType } from './facts.ts';

export const iamManagedPolicy = defineType({
  type: 'AWS::IAM::ManagedPolicy',
  called: 'managed policy',
  name: 'ManagedPolicyName',
  ref: 'arn',
  drawn: 'with its owner',
  owner: ['Roles', 'Users', 'Groups'],
});
