import { defineType } from './facts.ts';

export const apigatewayAuthorizer = defineType({
  type: 'AWS::ApiGateway::Authorizer',
  called: 'authorizer',
  drawn: 'with its owner',
  owner: ['RestApiId'],
});
