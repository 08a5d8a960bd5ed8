import { defineType } from './facts.ts';

export const iamPolicy = defineType({
  type: 'AWS::IAM::Policy',
  called: 'policy',
  drawn: 'with its owner',
  owner: ['Roles', 'Users', 'Groups'],
});
