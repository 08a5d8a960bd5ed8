import { defineType } from './facts.ts';

export const lambdaVersion = defineType({
  type: 'AWS::Lambda::Version',
  called: 'function version',
  arn: 'lambda:R:A:function:N',
  ref: 'arn',
  standsFor: 'FunctionName',
});
