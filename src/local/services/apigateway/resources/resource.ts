import { required } from '../../../invoke.ts';
import { resourceType } from '../../../service.ts';

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
    const made = await invoke('apigateway', 'CreateResource', {
      restApiId: p.RestApiId,
      parentId: p.ParentId,
      pathPart: p.PathPart,
    });
    const id = required(made.id, 'id');
    return { physicalId: id, attributes: { ResourceId: id } };
  },
  gone: ['NotFoundException'],
  async delete({ physicalId, properties, invoke }) {
    await invoke('apigateway', 'DeleteResource', { restApiId: properties.RestApiId, resourceId: physicalId });
  },
});
