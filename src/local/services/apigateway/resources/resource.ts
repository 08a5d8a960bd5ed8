import type { Resource } from '@aws-sdk/client-api-gateway';
import { resourceType } from '../../../service.ts';
import { gone } from './support.ts';

interface ResourceProperties {
  readonly RestApiId: string;
  readonly ParentId: string;
  readonly PathPart: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-resource.html */
export const resource = resourceType<ResourceProperties>({
  type: 'AWS::ApiGateway::Resource',
  mode: 'live',
  honoured: ['RestApiId', 'ParentId', 'PathPart'],
  async create({ properties: p, invoke }) {
    const { id = '' } = await invoke<Resource>('apigateway', 'CreateResource', {
      restApiId: p.RestApiId,
      parentId: p.ParentId,
      pathPart: p.PathPart,
    });
    return { physicalId: id, attributes: { ResourceId: id } };
  },
  delete: ({ physicalId, properties, invoke }) =>
    gone(invoke('apigateway', 'DeleteResource', { restApiId: properties.RestApiId, resourceId: physicalId })),
});
