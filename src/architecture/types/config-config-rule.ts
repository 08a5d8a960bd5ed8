import { defineType } from './facts.ts';

export const configConfigRule = defineType({
  type: 'AWS::Config::ConfigRule',
  called: 'Config rule',
});
