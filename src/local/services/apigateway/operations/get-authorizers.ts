import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { page } from '../paging.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetAuthorizers.html */
export const getAuthorizers = (context: GatewayContext) =>
  operation('apigateway', 'GetAuthorizers', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/restapis/${input.restApiId}/authorizers`),
    handle(input) {
      const { id } = findApi(context, input.restApiId);
      const { items, position } = page([...context.records.authorizers.values({ prefix: id })], input);
      return { items: [...items], position };
    },
  });
