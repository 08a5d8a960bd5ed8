import { defineType } from './facts.ts';

export const serverlessHttpApi = defineType({
  type: 'AWS::Serverless::HttpApi',
  called: 'HTTP API',
  entry: {},
});
