import { buffer } from 'node:stream/consumers';
import type { ApiKeySourceType, EndpointType, IpAddressType } from '@aws-sdk/client-api-gateway';
import { documentText } from '../../../document-text.ts';
import { required } from '../../../invoke.ts';
import type { Tag } from '../../../resource-tags.ts';
import {
  type Invoke,
  type ResourceRequest,
  type ResourceState,
  resourceType,
  unsupported,
} from '../../../service.ts';
import { type Patch, patch, retag } from './support.ts';

interface RestApiProperties {
  readonly Name?: string;
  readonly Description?: string;
  readonly Version?: string;
  readonly ApiKeySourceType?: ApiKeySourceType;
  readonly BinaryMediaTypes?: string[];
  readonly DisableExecuteApiEndpoint?: boolean;
  readonly EndpointConfiguration?: {
    readonly Types?: EndpointType[];
    readonly IpAddressType?: IpAddressType;
    readonly VpcEndpointIds?: string[];
  };
  readonly MinimumCompressionSize?: number;
  readonly Policy?: object | string;
  readonly Tags?: readonly Tag[];
  readonly Body?: object | string;
  readonly BodyS3Location?: {
    readonly Bucket?: string;
    readonly Key?: string;
    readonly Version?: string;
    readonly ETag?: string;
  };
  readonly FailOnWarnings?: boolean;
  readonly Mode?: 'merge' | 'overwrite';
  readonly Parameters?: Readonly<Record<string, string>>;
}

const policyText = ({ Policy }: RestApiProperties) => Policy && documentText(Policy);

/** The OpenAPI document, from the template or from S3. */
async function bodyOf(p: RestApiProperties, invoke: Invoke): Promise<Uint8Array | undefined> {
  if (p.Body !== undefined) return Buffer.from(documentText(p.Body));
  const at = p.BodyS3Location;
  if (!at) return undefined;
  const { Body } = await invoke('s3', 'GetObject', {
    Bucket: at.Bucket,
    Key: at.Key,
    ...(at.Version ? { VersionId: at.Version } : {}),
    ...(at.ETag ? { IfMatch: at.ETag } : {}),
  });
  return Body instanceof Uint8Array ? Body : buffer((Body ?? []) as AsyncIterable<Uint8Array>);
}

const importOf = (p: RestApiProperties, body: Uint8Array) => ({
  body,
  failOnWarnings: p.FailOnWarnings,
  ...(p.Parameters ? { parameters: p.Parameters } : {}),
});

/** What an API has that its properties do not name; those win over what the document says. */
const unnamed: RestApiProperties = {};

function settings(p: RestApiProperties, previous: RestApiProperties): Patch[] {
  const types = (one: RestApiProperties) => one.EndpointConfiguration?.Types?.[0];
  const binary = (one: RestApiProperties) => one.BinaryMediaTypes ?? [];
  const pointer = (type: string) => `/binaryMediaTypes/${type.replaceAll('/', '~1')}`;
  const patchOperations: Patch[] = [
    ...patch('/name', p.Name, previous.Name),
    ...patch('/description', p.Description ?? '', previous.Description ?? ''),
    ...patch('/apiKeySource', p.ApiKeySourceType ?? 'HEADER', previous.ApiKeySourceType ?? 'HEADER'),
    ...patch('/policy', policyText(p), policyText(previous)),
    ...patch(
      '/disableExecuteApiEndpoint',
      p.DisableExecuteApiEndpoint ?? false,
      previous.DisableExecuteApiEndpoint ?? false,
    ),
    ...patch(
      `/endpointConfiguration/types/${types(previous) ?? 'EDGE'}`,
      types(p) ?? 'EDGE',
      types(previous) ?? 'EDGE',
    ),
    ...binary(previous)
      .filter((type) => !binary(p).includes(type))
      .map((type) => ({ op: 'remove' as const, path: pointer(type) })),
    ...binary(p)
      .filter((type) => !binary(previous).includes(type))
      .map((type) => ({ op: 'add' as const, path: pointer(type) })),
  ];
  if (p.MinimumCompressionSize !== undefined)
    patchOperations.push({
      op: 'replace',
      path: '/minimumCompressionSize',
      value: String(p.MinimumCompressionSize),
    });
  return patchOperations;
}

async function create({
  properties: p,
  invoke,
  uniqueName,
  tags,
}: ResourceRequest<RestApiProperties>): Promise<ResourceState> {
  const body = await bodyOf(p, invoke);
  if (body) {
    const made = await invoke('apigateway', 'ImportRestApi', importOf(p, body));
    const id = required(made.id, 'id');
    await invoke('apigateway', 'UpdateRestApi', { restApiId: id, patchOperations: settings(p, unnamed) });
    await retag(`/restapis/${id}`, tags, {}, invoke);
    return { physicalId: id, attributes: { RestApiId: id, RootResourceId: made.rootResourceId } };
  }
  const endpoint = p.EndpointConfiguration;
  const made = await invoke('apigateway', 'CreateRestApi', {
    name: p.Name ?? uniqueName(128),
    description: p.Description,
    version: p.Version,
    apiKeySource: p.ApiKeySourceType,
    binaryMediaTypes: p.BinaryMediaTypes,
    disableExecuteApiEndpoint: p.DisableExecuteApiEndpoint,
    minimumCompressionSize: p.MinimumCompressionSize,
    policy: policyText(p),
    ...(endpoint
      ? {
          endpointConfiguration: {
            types: endpoint.Types,
            ipAddressType: endpoint.IpAddressType,
            vpcEndpointIds: endpoint.VpcEndpointIds,
          },
        }
      : {}),
    tags,
  });
  const id = required(made.id, 'id');
  return { physicalId: id, attributes: { RestApiId: id, RootResourceId: made.rootResourceId } };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html */
export const restApi = resourceType<RestApiProperties>({
  type: 'AWS::ApiGateway::RestApi',
  mode: 'live',
  honoured: [
    ...['Name', 'ApiKeySourceType', 'BinaryMediaTypes', 'DisableExecuteApiEndpoint', 'Policy', 'Tags'],
    ...['Description', 'Version', 'MinimumCompressionSize', 'Body', 'BodyS3Location', 'Mode', 'Parameters'],
  ],
  kept: {
    EndpointConfiguration:
      'kept: regional and edge endpoints are both this machine; private ones are refused',
    FailOnWarnings: 'what cannot be imported fails here in any case',
  },
  create,
  // A document in S3 is read when there is one.
  rehearse: (request) => (request.properties.BodyS3Location ? Promise.resolve() : create(request)),
  async update({ properties: p, previous, physicalId, previousAttributes, invoke, tags, previousTags }) {
    if (p.Version !== previous.Version)
      throw unsupported('a change of the Version of an existing AWS::ApiGateway::RestApi');
    const body = await bodyOf(p, invoke);
    if (body)
      await invoke('apigateway', 'PutRestApi', {
        restApiId: physicalId,
        mode: p.Mode ?? 'overwrite',
        ...importOf(p, body),
      });
    const patchOperations = settings(p, body ? unnamed : previous);
    if (patchOperations.length > 0)
      await invoke('apigateway', 'UpdateRestApi', { restApiId: physicalId, patchOperations });
    await retag(`/restapis/${physicalId}`, tags, previousTags, invoke);
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['NotFoundException'],
  async delete({ physicalId, invoke }) {
    await invoke('apigateway', 'DeleteRestApi', { restApiId: physicalId });
  },
});
