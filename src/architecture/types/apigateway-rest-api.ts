import { defineType } from './facts.ts';

export const apigatewayRestApi = defineType({
  type: 'AWS::ApiGateway::RestApi',
  called: 'REST API',
  arn: 'apigateway:R::/restapis/N',
  drawn: { category: 'api' },
  policies: [{ document: 'Policy' }],
  entry: { unless: { property: 'EndpointConfiguration.Types', is: 'PRIVATE' } },
});
