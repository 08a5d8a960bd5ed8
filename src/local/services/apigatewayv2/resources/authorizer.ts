import type { AuthorizerType, JWTConfiguration } from '@aws-sdk/client-apigatewayv2';
import { required } from '../../../invoke.ts';
import { resourceType } from '../../../service.ts';
import { withRemovals } from './support.ts';

interface AuthorizerProperties {
  readonly ApiId: string;
  readonly Name: string;
  readonly AuthorizerType: AuthorizerType;
  readonly AuthorizerUri?: string;
  readonly AuthorizerCredentialsArn?: string;
  readonly AuthorizerPayloadFormatVersion?: string;
  readonly AuthorizerResultTtlInSeconds?: number;
  readonly EnableSimpleResponses?: boolean;
  readonly IdentitySource?: string[];
  readonly JwtConfiguration?: JWTConfiguration;
}

/** The API wants the list, though it may be empty. */
const input = (p: AuthorizerProperties) => ({ ...p, IdentitySource: p.IdentitySource ?? [] });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-authorizer.html */
export const authorizer = resourceType<AuthorizerProperties>({
  type: 'AWS::ApiGatewayV2::Authorizer',
  mode: 'live',
  honoured: [
    ...['ApiId', 'Name', 'AuthorizerType', 'AuthorizerUri', 'AuthorizerCredentialsArn', 'JwtConfiguration'],
    ...['AuthorizerPayloadFormatVersion', 'AuthorizerResultTtlInSeconds', 'EnableSimpleResponses'],
    'IdentitySource',
  ],
  async create({ properties: p, invoke }) {
    const made = await invoke('apigatewayv2', 'CreateAuthorizer', input(p));
    const id = required(made.AuthorizerId, 'AuthorizerId');
    return { physicalId: id, attributes: { AuthorizerId: id } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke }) {
    await invoke('apigatewayv2', 'UpdateAuthorizer', {
      ...withRemovals(input(p), input(previous)),
      AuthorizerId: physicalId,
    });
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['NotFoundException'],
  async delete({ physicalId, properties, invoke }) {
    await invoke('apigatewayv2', 'DeleteAuthorizer', { ApiId: properties.ApiId, AuthorizerId: physicalId });
  },
});
