import { defineType } from './facts.ts';

export const apigatewayMethod = defineType({
  type: 'AWS::ApiGateway::Method',
  called: 'API method',
  drawn: 'with its owner',
  owner: ['RestApiId', 'ResourceId', 'AuthorizerId'],
  triggers: [
    {
      kind: 'request',
      from: 'RestApiId',
      to: [
        'Integration.Uri',
        'Integration.ConnectionId',
        'Integration.RequestTemplates',
        'Integration.RequestParameters',
      ],
    },
    { kind: 'authorize', from: 'RestApiId', to: ['AuthorizerId'], through: ['AuthorizerUri'] },
  ],
  runsAs: ['Integration.Credentials'],
});
