import { defineType } from './facts.ts';

export const serverlessApi = defineType({
  type: 'AWS::Serverless::Api',
  called: 'REST API',
  entry: {},
  traced: { property: 'TracingEnabled', is: 'true' },
});
