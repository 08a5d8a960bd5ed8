import { defineType } from './facts.ts';

export const apigatewayv2Authorizer = defineType({
  type: 'AWS::ApiGatewayV2::Authorizer',
  called: 'authorizer',
  drawn: 'with its owner',
  owner: ['ApiId'],
});
