import { defineType } from './facts.ts';

export const iamPolicy = defineType({
  type: 'AWS::IAM::Policy',
  called: 'policy',
  owner: ['Roles', 'Users', 'Groups'],
});
