import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { notFound } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteRequestValidator.html */
export const deleteRequestValidator = (context: GatewayContext) =>
  operation('apigateway', 'DeleteRequestValidator', {
    accepts: 'all',
    access: (input) =>
      access(context, 'DELETE', `/restapis/${input.restApiId}/requestvalidators/${input.requestValidatorId}`),
    handle(input) {
      if (!context.records.validators.delete([input.restApiId ?? '', input.requestValidatorId ?? '']))
        throw notFound('Request Validator');
      return {};
    },
  });
