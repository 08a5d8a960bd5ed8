import { defineType } from './facts.ts';

export const apigatewayv2Api = defineType({
  type: 'AWS::ApiGatewayV2::Api',
  called: 'HTTP/WebSocket API',
  arn: 'apigateway:R::/apis/N',
  drawn: { category: 'api' },
  entry: {},
});
