import { defineType } from './facts.ts';

export const apigatewayv2Route = defineType({
  type: 'AWS::ApiGatewayV2::Route',
  called: 'API route',
  owner: ['ApiId'],
  triggers: [
    { kind: 'request', from: 'ApiId', to: ['Target'], through: ['IntegrationUri', 'RequestParameters'] },
    { kind: 'authorize', from: 'ApiId', to: ['AuthorizerId'], through: ['AuthorizerUri'] },
  ],
});
