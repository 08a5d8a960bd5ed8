import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { page } from '../paging.ts';
import { shownModel } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetModels.html */
export const getModels = (context: GatewayContext) =>
  operation('apigateway', 'GetModels', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/restapis/${input.restApiId}/models`),
    handle(input) {
      const { id } = findApi(context, input.restApiId);
      const { items, position } = page([...context.records.models.values({ prefix: id })], input);
      return { items: items.map(shownModel), position };
    },
  });
