import { defineType } from './facts.ts';

export const apigatewayv2Api = defineType({
  type: 'AWS::ApiGatewayV2::Api',
  called: 'HTTP/WebSocket API',
  drawn: { category: 'api' },
  entry: {},
  urls: { ApiEndpoint: 'N.execute-api.R.amazonaws.com' },
  triggers: [{ kind: 'request', to: ['Target', 'Body.paths.*.*.x-amazon-apigateway-integration'] }],
});
