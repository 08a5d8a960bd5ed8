import { defineType } from './facts.ts';

export const cognitoUserPool = defineType({
  type: 'AWS::Cognito::UserPool',
  called: 'Cognito users',
  holdsData: true,
  drawn: { category: 'security' },
  triggers: [{ kind: 'request', to: ['LambdaConfig'] }],
});
