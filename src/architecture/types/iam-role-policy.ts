import { defineType } from './facts.ts';

export const iamRolePolicy = defineType({
  type: 'AWS::IAM::RolePolicy',
  called: 'policy',
  drawn: 'with its owner',
  owner: ['RoleName'],
});
