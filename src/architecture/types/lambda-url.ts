import { defineType } from './facts.ts';

export const lambdaUrl = defineType({
  type: 'AWS::Lambda::Url',
  called: 'function URL',
  drawn: { category: 'api' },
  urls: { FunctionUrl: 'N.lambda-url.R.on.aws/' },
  entry: {},
  triggers: [{ kind: 'request', to: ['TargetFunctionArn'] }],
});
