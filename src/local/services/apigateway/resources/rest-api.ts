import type { ApiKeySourceType, EndpointType, IpAddressType } from '@aws-sdk/client-api-gateway';
import { documentText } from '../../../document-text.ts';
import { required } from '../../../invoke.ts';
import type { Tag } from '../../../resource-tags.ts';
import { resourceType, unsupported } from '../../../service.ts';
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
}

const policyText = ({ Policy }: RestApiProperties) => Policy && documentText(Policy);

/** OpenAPI bodies (Body, BodyS3Location and what goes with them) are refused by name. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html */
export const restApi = resourceType<RestApiProperties>({
  type: 'AWS::ApiGateway::RestApi',
  mode: 'live',
  honoured: [
    ...['Name', 'ApiKeySourceType', 'BinaryMediaTypes', 'DisableExecuteApiEndpoint', 'Policy', 'Tags'],
    ...['Description', 'Version', 'MinimumCompressionSize'],
  ],
  kept: {
    EndpointConfiguration:
      'kept: regional and edge endpoints are both this machine; private ones are refused',
  },
  async create({ properties: p, invoke, uniqueName, tags }) {
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
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke, tags, previousTags }) {
    if (p.Version !== previous.Version)
      throw unsupported('a change of the Version of an existing AWS::ApiGateway::RestApi');
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
