import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { page } from '../paging.ts';
import { shownValidator } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetRequestValidators.html */
export const getRequestValidators = (context: GatewayContext) =>
  operation('apigateway', 'GetRequestValidators', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/restapis/${input.restApiId}/requestvalidators`),
    handle(input) {
      const { id } = findApi(context, input.restApiId);
      const { items, position } = page([...context.records.validators.values({ prefix: id })], input);
      return { items: items.map(shownValidator), position };
    },
  });
