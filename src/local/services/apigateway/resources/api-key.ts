import { required } from '../../../invoke.ts';
import type { Tag } from '../../../resource-tags.ts';
import { resourceType } from '../../../service.ts';
import { patch, retag } from './support.ts';

interface ApiKeyProperties {
  readonly Name?: string;
  readonly Description?: string;
  readonly Enabled?: boolean;
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
  async create({ properties: p, invoke, uniqueName, tags }) {
    const made = await invoke('apigateway', 'CreateApiKey', {
      name: p.Name ?? uniqueName(128),
      description: p.Description,
      enabled: p.Enabled ?? false,
      value: p.Value,
      customerId: p.CustomerId,
      tags,
    });
    const id = required(made.id, 'id');
    return { physicalId: id, attributes: { APIKeyId: id } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke, tags, previousTags }) {
    const patchOperations = [
      ...patch('/description', p.Description ?? '', previous.Description ?? ''),
      ...patch('/enabled', p.Enabled ?? false, previous.Enabled ?? false),
      ...patch('/customerId', p.CustomerId ?? '', previous.CustomerId ?? ''),
    ];
    if (patchOperations.length > 0)
      await invoke('apigateway', 'UpdateApiKey', { apiKey: physicalId, patchOperations });
    await retag(`/apikeys/${physicalId}`, tags, previousTags, invoke);
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['NotFoundException'],
  async delete({ physicalId, invoke }) {
    await invoke('apigateway', 'DeleteApiKey', { apiKey: physicalId });
  },
});
