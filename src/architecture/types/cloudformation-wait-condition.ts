import { defineType } from './facts.ts';

export const cloudformationWaitCondition = defineType({
  type: 'AWS::CloudFormation::WaitCondition',
  called: 'wait condition',
  deployment: true,
});
