import type { AuthorizationType } from '@aws-sdk/client-apigatewayv2';
import { required } from '../../../invoke.ts';
import { resourceType } from '../../../service.ts';
import { withRemovals } from './support.ts';

interface RouteProperties {
  readonly ApiId: string;
  readonly RouteKey: string;
  readonly Target?: string;
  readonly OperationName?: string;
  readonly AuthorizationType?: AuthorizationType;
  readonly AuthorizerId?: string;
  readonly AuthorizationScopes?: string[];
  readonly ApiKeyRequired?: boolean;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-route.html */
export const route = resourceType<RouteProperties>({
  type: 'AWS::ApiGatewayV2::Route',
  mode: 'live',
  honoured: [
    ...['ApiId', 'RouteKey', 'Target', 'OperationName', 'AuthorizationType', 'AuthorizerId'],
    ...['AuthorizationScopes', 'ApiKeyRequired'],
  ],
  async create({ properties: p, invoke }) {
    const made = await invoke('apigatewayv2', 'CreateRoute', p);
    const id = required(made.RouteId, 'RouteId');
    return { physicalId: id, attributes: { RouteId: id } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke }) {
    await invoke('apigatewayv2', 'UpdateRoute', {
      ...withRemovals(p, previous),
      RouteId: physicalId,
    });
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['NotFoundException'],
  async delete({ physicalId, properties, invoke }) {
    await invoke('apigatewayv2', 'DeleteRoute', { ApiId: properties.ApiId, RouteId: physicalId });
  },
});
