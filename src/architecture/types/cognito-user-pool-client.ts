import { defineType } from './facts.ts';

export const cognitoUserPoolClient = defineType({
  type: 'AWS::Cognito::UserPoolClient',
  called: 'user pool client',
  owner: ['UserPoolId'],
});
