import { defineType } from './facts.ts';

export const cloudformationWaitConditionHandle = defineType({
  type: 'AWS::CloudFormation::WaitConditionHandle',
  called: 'wait condition handle',
  deployment: true,
});
