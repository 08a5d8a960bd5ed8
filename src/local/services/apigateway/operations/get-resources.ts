import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { page } from '../paging.ts';
import { shownResource } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetResources.html */
export const getResources = (context: GatewayContext) =>
  operation('apigateway', 'GetResources', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/restapis/${input.restApiId}/resources`),
    handle(input) {
      const { id } = findApi(context, input.restApiId);
      const { items, position } = page([...context.records.resources.values({ prefix: id })], input);
      const withMethods = input.embed?.includes('methods') ?? false;
      return { items: items.map((resource) => shownResource(resource, withMethods)), position };
    },
  });
