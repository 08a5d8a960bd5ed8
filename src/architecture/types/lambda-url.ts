import { defineType } from './facts.ts';

export const lambdaUrl = defineType({
  type: 'AWS::Lambda::Url',
  called: 'function URL',
  drawn: { category: 'api' },
  standsFor: 'TargetFunctionArn',
  entry: {},
  triggers: [{ kind: 'request', to: ['TargetFunctionArn'] }],
});
