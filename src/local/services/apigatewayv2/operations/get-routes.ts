import { operation } from '../../../service.ts';
import { access, findApi, type HttpApiContext } from '../context.ts';
import { page } from '../paging.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html#GetRoutes */
export const getRoutes = (context: HttpApiContext) =>
  operation('apigatewayv2', 'GetRoutes', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/apis/${input.ApiId}/routes`),
    handle(input) {
      const { ApiId } = findApi(context, input.ApiId);
      return page([...context.records.routes.values({ prefix: ApiId })], input);
    },
  });
