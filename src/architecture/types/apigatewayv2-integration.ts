import { defineType } from './facts.ts';

export const apigatewayv2Integration = defineType({
  type: 'AWS::ApiGatewayV2::Integration',
  called: 'API integration',
  drawn: 'with its owner',
  owner: ['ApiId'],
  runsAs: ['CredentialsArn'],
});
