import { defineType } from './facts.ts';

export const iamRole = defineType({
  type: 'AWS::IAM::Role',
  called: 'role',
  name: 'RoleName',
  drawn: 'with its user',
});
