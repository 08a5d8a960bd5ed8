import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { shownValidator } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetRequestValidator.html */
export const getRequestValidator = (context: GatewayContext) =>
  operation('apigateway', 'GetRequestValidator', {
    accepts: 'all',
    access: (input) =>
      access(context, 'GET', `/restapis/${input.restApiId}/requestvalidators/${input.requestValidatorId}`),
    handle(input) {
      const found = context.records.validators.get([input.restApiId ?? '', input.requestValidatorId ?? '']);
      if (!found) throw notFound('Request Validator');
      return shownValidator(found);
    },
  });
