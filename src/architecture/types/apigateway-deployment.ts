import { defineType } from './facts.ts';

export const apigatewayDeployment = defineType({
  type: 'AWS::ApiGateway::Deployment',
  called: 'API deployment',
  owner: ['RestApiId'],
});
