import type { ApiKey } from '@aws-sdk/client-api-gateway';
import { resourceType } from '../../../service.ts';
import { flag, gone, patch, retag, type Tag, tagMap } from './support.ts';

interface ApiKeyProperties {
  readonly Name?: string;
  readonly Description?: string;
  readonly Enabled?: boolean | string;
  readonly Value?: string;
  readonly CustomerId?: string;
  readonly Tags?: readonly Tag[];
}

/** Stage keys, which usage plans replaced, are refused by name. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-apikey.html */
export const apiKey = resourceType<ApiKeyProperties>({
  type: 'AWS::ApiGateway::ApiKey',
  mode: 'live',
  honoured: ['Name', 'Description', 'Enabled', 'Value', 'CustomerId', 'Tags'],
  kept: { GenerateDistinctId: 'kept: ids and values are always distinct' },
  async create({ properties: p, invoke, uniqueName, stackTags }) {
    const { id = '' } = await invoke<ApiKey>('apigateway', 'CreateApiKey', {
      name: p.Name ?? uniqueName(128),
      description: p.Description,
      enabled: flag(p.Enabled) ?? false,
      value: p.Value,
      customerId: p.CustomerId,
      tags: { ...stackTags, ...tagMap(p.Tags) },
    });
    return { physicalId: id, attributes: { APIKeyId: id } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke }) {
    const patchOperations = [
      ...patch('/description', p.Description ?? '', previous.Description ?? ''),
      ...patch('/enabled', flag(p.Enabled) ?? false, flag(previous.Enabled) ?? false),
      ...patch('/customerId', p.CustomerId ?? '', previous.CustomerId ?? ''),
    ];
    if (patchOperations.length > 0)
      await invoke('apigateway', 'UpdateApiKey', { apiKey: physicalId, patchOperations });
    await retag(`/apikeys/${physicalId}`, p.Tags, previous.Tags, invoke);
    return { physicalId, attributes: previousAttributes };
  },
  delete: ({ physicalId, invoke }) => gone(invoke('apigateway', 'DeleteApiKey', { apiKey: physicalId })),
});
