import { defineType } from './facts.ts';

export const lambdaAlias = defineType({
  type: 'AWS::Lambda::Alias',
  called: 'function alias',
  arn: 'lambda:R:A:function:N',
  ref: 'arn',
  standsFor: 'FunctionName',
});
