import { defineType } from './facts.ts';

export const apigatewayResource = defineType({
  type: 'AWS::ApiGateway::Resource',
  called: 'API path',
  owner: ['RestApiId', 'ParentId'],
});
