import type { RequestValidator } from '@aws-sdk/client-api-gateway';
import { resourceType } from '../../../service.ts';
import { flag, gone, patch } from './support.ts';

interface ValidatorProperties {
  readonly RestApiId: string;
  readonly Name?: string;
  readonly ValidateRequestBody?: boolean | string;
  readonly ValidateRequestParameters?: boolean | string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-requestvalidator.html */
export const requestValidator = resourceType<ValidatorProperties>({
  type: 'AWS::ApiGateway::RequestValidator',
  mode: 'live',
  honoured: ['RestApiId', 'Name', 'ValidateRequestBody', 'ValidateRequestParameters'],
  async create({ properties: p, invoke }) {
    const { id = '' } = await invoke<RequestValidator>('apigateway', 'CreateRequestValidator', {
      restApiId: p.RestApiId,
      name: p.Name,
      validateRequestBody: flag(p.ValidateRequestBody),
      validateRequestParameters: flag(p.ValidateRequestParameters),
    });
    return { physicalId: id, attributes: { RequestValidatorId: id } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke }) {
    const patchOperations = [
      ...patch(
        '/validateRequestBody',
        flag(p.ValidateRequestBody) ?? false,
        flag(previous.ValidateRequestBody) ?? false,
      ),
      ...patch(
        '/validateRequestParameters',
        flag(p.ValidateRequestParameters) ?? false,
        flag(previous.ValidateRequestParameters) ?? false,
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
  delete: ({ physicalId, properties, invoke }) =>
    gone(
      invoke('apigateway', 'DeleteRequestValidator', {
        restApiId: properties.RestApiId,
        requestValidatorId: physicalId,
      }),
    ),
});
