import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext, newId } from '../context.ts';
import { shownValidator } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRequestValidator.html */
export const createRequestValidator = (context: GatewayContext) =>
  operation('apigateway', 'CreateRequestValidator', {
    accepts: 'all',
    access: (input) => access(context, 'POST', `/restapis/${input.restApiId}/requestvalidators`),
    handle(input) {
      const { id: apiId } = findApi(context, input.restApiId);
      const id = newId(context.env, 6);
      const validator = {
        id,
        name: input.name,
        validateRequestBody: input.validateRequestBody ?? false,
        validateRequestParameters: input.validateRequestParameters ?? false,
      };
      context.records.validators.put([apiId, id], validator);
      return shownValidator(validator);
    },
  });
