import type { Cors, ProtocolType } from '@aws-sdk/client-apigatewayv2';
import { required } from '../../../invoke.ts';
import { resourceType } from '../../../service.ts';
import { retag } from './support.ts';

interface ApiProperties {
  readonly Name?: string;
  readonly ProtocolType?: ProtocolType;
  readonly Description?: string;
  readonly Version?: string;
  readonly CorsConfiguration?: Cors;
  readonly CredentialsArn?: string;
  readonly DisableExecuteApiEndpoint?: boolean;
  readonly IpAddressType?: 'ipv4' | 'dualstack';
  readonly RouteKey?: string;
  readonly RouteSelectionExpression?: string;
  readonly Tags?: Readonly<Record<string, string>>;
  readonly Target?: string;
}

/** OpenAPI documents and WebSocket APIs are refused by name. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html */
export const api = resourceType<ApiProperties>({
  type: 'AWS::ApiGatewayV2::Api',
  mode: 'live',
  honoured: [
    ...['Name', 'ProtocolType', 'Description', 'Version', 'CorsConfiguration', 'CredentialsArn'],
    ...['DisableExecuteApiEndpoint', 'RouteKey', 'RouteSelectionExpression', 'Tags', 'Target'],
  ],
  kept: { IpAddressType: 'kept: this machine answers by IPv4' },
  async create({ properties: { Tags: _, ...p }, invoke, uniqueName, tags }) {
    const made = await invoke('apigatewayv2', 'CreateApi', {
      ...p,
      Name: p.Name ?? uniqueName(128),
      ProtocolType: p.ProtocolType,
      Tags: tags,
    });
    const id = required(made.ApiId, 'ApiId');
    return { physicalId: id, attributes: { ApiId: id, ApiEndpoint: made.ApiEndpoint, ExecuteApiArn: id } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke, tags, previousTags }) {
    if (previous.CorsConfiguration && !p.CorsConfiguration)
      await invoke('apigatewayv2', 'DeleteCorsConfiguration', { ApiId: physicalId });
    await invoke('apigatewayv2', 'UpdateApi', {
      ApiId: physicalId,
      Name: p.Name,
      Description: p.Description ?? (previous.Description === undefined ? undefined : ''),
      Version: p.Version ?? (previous.Version === undefined ? undefined : ''),
      CorsConfiguration: p.CorsConfiguration,
      DisableExecuteApiEndpoint: p.DisableExecuteApiEndpoint ?? false,
      RouteSelectionExpression: p.RouteSelectionExpression,
    });
    await retag(`/apis/${physicalId}`, tags, previousTags, invoke);
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['NotFoundException'],
  async delete({ physicalId, invoke }) {
    await invoke('apigatewayv2', 'DeleteApi', { ApiId: physicalId });
  },
});
