import { documentText } from '../../../document-text.ts';
import { resourceType } from '../../../service.ts';
import { patch } from './support.ts';

interface ModelProperties {
  readonly RestApiId: string;
  readonly Name?: string;
  readonly Description?: string;
  readonly ContentType?: string;
  readonly Schema?: object | string;
}

const text = (schema: ModelProperties['Schema']) => schema && documentText(schema);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-model.html */
export const model = resourceType<ModelProperties>({
  type: 'AWS::ApiGateway::Model',
  mode: 'live',
  honoured: ['RestApiId', 'Name', 'Description', 'ContentType', 'Schema'],
  async create({ properties: p, invoke, uniqueName }) {
    // A model's name has letters and digits only.
    const name = p.Name ?? uniqueName(128).replaceAll('-', '');
    await invoke('apigateway', 'CreateModel', {
      restApiId: p.RestApiId,
      name,
      description: p.Description,
      contentType: p.ContentType ?? 'application/json',
      schema: text(p.Schema),
    });
    return { physicalId: name, attributes: {} };
  },
  async update({ properties: p, previous, physicalId, invoke }) {
    const patchOperations = [
      ...patch('/description', p.Description ?? '', previous.Description ?? ''),
      ...patch('/schema', text(p.Schema) ?? '{}', text(previous.Schema) ?? '{}'),
    ];
    if (patchOperations.length > 0)
      await invoke('apigateway', 'UpdateModel', {
        restApiId: p.RestApiId,
        modelName: physicalId,
        patchOperations,
      });
    return { physicalId, attributes: {} };
  },
  gone: ['NotFoundException'],
  async delete({ physicalId, properties, invoke }) {
    await invoke('apigateway', 'DeleteModel', { restApiId: properties.RestApiId, modelName: physicalId });
  },
});
