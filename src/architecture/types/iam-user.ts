import { defineType } from './facts.ts';

export const iamUser = defineType({
  type: 'AWS::IAM::User',
  called: 'user',
  name: 'UserName',
});
