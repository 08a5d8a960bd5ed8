import { required } from '../../../invoke.ts';
import { resourceType } from '../../../service.ts';
import { patch } from './support.ts';

interface AuthorizerProperties {
  readonly RestApiId: string;
  readonly Name: string;
  readonly Type: 'TOKEN' | 'REQUEST' | 'COGNITO_USER_POOLS';
  readonly AuthType?: string;
  readonly AuthorizerUri?: string;
  readonly AuthorizerCredentials?: string;
  readonly AuthorizerResultTtlInSeconds?: number;
  readonly IdentitySource?: string;
  readonly IdentityValidationExpression?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-authorizer.html */
export const authorizer = resourceType<AuthorizerProperties>({
  type: 'AWS::ApiGateway::Authorizer',
  mode: 'live',
  honoured: [
    ...[
      'RestApiId',
      'Name',
      'Type',
      'AuthorizerUri',
      'AuthorizerCredentials',
      'AuthorizerResultTtlInSeconds',
    ],
    ...['IdentitySource', 'IdentityValidationExpression'],
  ],
  kept: { AuthType: 'it is shown in exports of the API and changes nothing else' },
  async create({ properties: p, invoke }) {
    const made = await invoke('apigateway', 'CreateAuthorizer', {
      restApiId: p.RestApiId,
      name: p.Name,
      type: p.Type,
      authType: p.AuthType,
      authorizerUri: p.AuthorizerUri,
      authorizerCredentials: p.AuthorizerCredentials,
      authorizerResultTtlInSeconds: p.AuthorizerResultTtlInSeconds,
      identitySource: p.IdentitySource,
      identityValidationExpression: p.IdentityValidationExpression,
    });
    const id = required(made.id, 'id');
    return { physicalId: id, attributes: { AuthorizerId: id } };
  },
  async update({ properties: p, previous: q, physicalId, previousAttributes, invoke }) {
    const usual = 300;
    const patchOperations = [
      ...patch('/name', p.Name, q.Name),
      ...patch('/type', p.Type, q.Type),
      ...patch('/authType', p.AuthType, q.AuthType),
      ...patch('/authorizerUri', p.AuthorizerUri, q.AuthorizerUri),
      ...patch('/authorizerCredentials', p.AuthorizerCredentials, q.AuthorizerCredentials),
      ...patch('/identitySource', p.IdentitySource, q.IdentitySource),
      ...patch(
        '/identityValidationExpression',
        p.IdentityValidationExpression,
        q.IdentityValidationExpression,
      ),
      ...patch(
        '/authorizerResultTtlInSeconds',
        p.AuthorizerResultTtlInSeconds ?? usual,
        q.AuthorizerResultTtlInSeconds ?? usual,
      ),
    ];
    if (patchOperations.length > 0)
      await invoke('apigateway', 'UpdateAuthorizer', {
        restApiId: p.RestApiId,
        authorizerId: physicalId,
        patchOperations,
      });
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['NotFoundException'],
  async delete({ physicalId, properties, invoke }) {
    await invoke('apigateway', 'DeleteAuthorizer', {
      restApiId: properties.RestApiId,
      authorizerId: physicalId,
    });
  },
});
