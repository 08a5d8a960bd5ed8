import { buffer } from 'node:stream/consumers';
import type { Cors, ProtocolType } from '@aws-sdk/client-apigatewayv2';
import { formatArn, parseArn } from '../../../../core/arn.ts';
import { documentText } from '../../../document-text.ts';
import { required } from '../../../invoke.ts';
import { type Invoke, type ResourceRequest, type ResourceState, resourceType } from '../../../service.ts';
import { retag } from './support.ts';

interface ApiProperties {
  readonly BasePath?: string;
  readonly Body?: object | string;
  readonly BodyS3Location?: {
    readonly Bucket?: string;
    readonly Key?: string;
    readonly Version?: string;
    readonly Etag?: string;
  };
  readonly FailOnWarnings?: boolean;
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

/** The OpenAPI document, from the template or from S3. */
async function bodyOf(p: ApiProperties, invoke: Invoke): Promise<string | undefined> {
  if (p.Body !== undefined) return documentText(p.Body);
  const from = p.BodyS3Location;
  if (!from) return undefined;
  const { Body } = await invoke('s3', 'GetObject', {
    Bucket: from.Bucket,
    Key: from.Key,
    ...(from.Version ? { VersionId: from.Version } : {}),
    ...(from.Etag ? { IfMatch: from.Etag } : {}),
  });
  const bytes = Body instanceof Uint8Array ? Body : await buffer((Body ?? []) as AsyncIterable<Uint8Array>);
  return Buffer.from(bytes).toString();
}

function stateOf(
  made: { readonly ApiId?: string | undefined; readonly ApiEndpoint?: string | undefined },
  stackId: string,
): ResourceState {
  const id = required(made.ApiId, 'ApiId');
  const { region, account } = parseArn(stackId) ?? {};
  return {
    physicalId: id,
    attributes: {
      ApiId: id,
      ApiEndpoint: made.ApiEndpoint,
      ExecuteApiArn: formatArn({ service: 'execute-api', region, account, resource: id }),
    },
  };
}

async function create({
  properties: p,
  invoke,
  uniqueName,
  tags,
  stackId,
}: ResourceRequest<ApiProperties>): Promise<ResourceState> {
  const Body = await bodyOf(p, invoke);
  if (Body !== undefined) {
    const state = stateOf(await invoke('apigatewayv2', 'ImportApi', { Body, Basepath: p.BasePath }), stackId);
    await named(state.physicalId, p, invoke);
    await retag(`/apis/${state.physicalId}`, tags, {}, invoke);
    return state;
  }
  const { BasePath: _, BodyS3Location: __, FailOnWarnings: ___, Tags: ____, ...given } = p;
  const made = await invoke('apigatewayv2', 'CreateApi', {
    ...given,
    Name: p.Name ?? uniqueName(128),
    ProtocolType: p.ProtocolType,
    Tags: tags,
  });
  return stateOf(made, stackId);
}

/** What the properties name wins over what the document says. */
async function named(ApiId: string, p: ApiProperties, invoke: Invoke): Promise<void> {
  const { Name, Description, Version, CorsConfiguration, DisableExecuteApiEndpoint } = p;
  const given = { Name, Description, Version, CorsConfiguration, DisableExecuteApiEndpoint };
  if (Object.values(given).some((value) => value !== undefined))
    await invoke('apigatewayv2', 'UpdateApi', { ApiId, ...given });
}

/** WebSocket APIs are refused by name. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html */
export const api = resourceType<ApiProperties>({
  type: 'AWS::ApiGatewayV2::Api',
  mode: 'live',
  honoured: [
    ...['Name', 'ProtocolType', 'Description', 'Version', 'CorsConfiguration', 'CredentialsArn', 'BasePath'],
    ...['DisableExecuteApiEndpoint', 'RouteKey', 'RouteSelectionExpression', 'Tags', 'Target'],
    ...['Body', 'BodyS3Location'],
  ],
  kept: {
    IpAddressType: 'kept: this machine answers by IPv4',
    FailOnWarnings: 'what cannot be imported fails here in any case',
  },
  create,
  // A document in S3 is read when there is one.
  rehearse: (request) => (request.properties.BodyS3Location ? Promise.resolve() : create(request)),
  async update({ properties: p, previous, physicalId, previousAttributes, invoke, tags, previousTags }) {
    const Body = await bodyOf(p, invoke);
    if (Body !== undefined) {
      await invoke('apigatewayv2', 'ReimportApi', { ApiId: physicalId, Body, Basepath: p.BasePath });
      await named(physicalId, p, invoke);
      await retag(`/apis/${physicalId}`, tags, previousTags, invoke);
      return { physicalId, attributes: previousAttributes };
    }
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
