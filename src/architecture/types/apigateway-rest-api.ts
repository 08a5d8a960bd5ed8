import { defineType } from './facts.ts';

export const apigatewayRestApi = defineType({
  type: 'AWS::ApiGateway::RestApi',
  called: 'REST API',
  drawn: { category: 'api' },
  policies: [{ document: 'Policy' }],
  entry: { unless: { property: 'EndpointConfiguration.Types', is: 'PRIVATE' } },
  triggers: [{ kind: 'request', to: ['Body.paths.*.*.x-amazon-apigateway-integration'] }],
});
