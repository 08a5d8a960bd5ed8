import { required } from '../../../invoke.ts';
import { resourceType } from '../../../service.ts';
import { patch } from './support.ts';

interface ValidatorProperties {
  readonly RestApiId: string;
  readonly Name?: string;
  readonly ValidateRequestBody?: boolean;
  readonly ValidateRequestParameters?: boolean;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-requestvalidator.html */
export const requestValidator = resourceType<ValidatorProperties>({
  type: 'AWS::ApiGateway::RequestValidator',
  mode: 'live',
  honoured: ['RestApiId', 'Name', 'ValidateRequestBody', 'ValidateRequestParameters'],
  async create({ properties: p, invoke }) {
    const made = await invoke('apigateway', 'CreateRequestValidator', {
      restApiId: p.RestApiId,
      name: p.Name,
      validateRequestBody: p.ValidateRequestBody,
      validateRequestParameters: p.ValidateRequestParameters,
    });
    const id = required(made.id, 'id');
    return { physicalId: id, attributes: { RequestValidatorId: id } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke }) {
    const patchOperations = [
      ...patch('/validateRequestBody', p.ValidateRequestBody ?? false, previous.ValidateRequestBody ?? false),
      ...patch(
        '/validateRequestParameters',
        p.ValidateRequestParameters ?? false,
        previous.ValidateRequestParameters ?? false,
      ),
    ];
    if (patchOperations.length > 0)
      await invoke('apigateway', 'UpdateRequestValidator', {
        restApiId: p.RestApiId,
        requestValidatorId: physicalId,
        patchOperations,
      });
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['NotFoundException'],
  async delete({ physicalId, properties, invoke }) {
    await invoke('apigateway', 'DeleteRequestValidator', {
      restApiId: properties.RestApiId,
      requestValidatorId: physicalId,
    });
  },
});
