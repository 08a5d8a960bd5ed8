import { defineType } from './facts.ts';

export const appsyncFunctionConfiguration = defineType({
  type: 'AWS::AppSync::FunctionConfiguration',
  called: 'resolver function',
  owner: ['ApiId'],
});
