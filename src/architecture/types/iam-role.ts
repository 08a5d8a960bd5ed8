import { defineType } from './facts.ts';

export const iamRole = defineType({
  type: 'AWS::IAM::Role',
  called: 'role',
  name: 'RoleName',
  arn: 'iam::A:role/N',
  drawn: 'with its user',
});
