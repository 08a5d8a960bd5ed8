import { defineType } from './facts.ts';

export const apigatewayv2Stage = defineType({
  type: 'AWS::ApiGatewayV2::Stage',
  called: 'API stage',
  drawn: 'with its owner',
  owner: ['ApiId'],
  logs: ['AccessLogSettings.DestinationArn'],
});
