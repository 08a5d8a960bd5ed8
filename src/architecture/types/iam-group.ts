import { defineType } from './facts.ts';

export const iamGroup = defineType({
  type: 'AWS::IAM::Group',
  called: 'group',
  name: 'GroupName',
});
