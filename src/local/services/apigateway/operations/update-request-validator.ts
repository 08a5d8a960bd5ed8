import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { applyPatches, isTrue } from '../patch.ts';
import { shownValidator } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateRequestValidator.html */
export const updateRequestValidator = (context: GatewayContext) =>
  operation('apigateway', 'UpdateRequestValidator', {
    accepts: 'all',
    access: (input) =>
      access(context, 'PATCH', `/restapis/${input.restApiId}/requestvalidators/${input.requestValidatorId}`),
    handle(input) {
      const key = [input.restApiId ?? '', input.requestValidatorId ?? ''];
      const found = context.records.validators.get(key);
      if (!found) throw notFound('Request Validator');
      const validator = applyPatches('request validators', found, input.patchOperations, {
        name: (record, { value }) => ({ ...record, name: value }),
        validateRequestBody: (record, { value }) => ({ ...record, validateRequestBody: isTrue(value) }),
        validateRequestParameters: (record, { value }) => ({
          ...record,
          validateRequestParameters: isTrue(value),
        }),
      });
      context.records.validators.put(key, validator);
      return shownValidator(validator);
    },
  });
