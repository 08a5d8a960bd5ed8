import { operation } from '../../../service.ts';
import { access, findPart, type HttpApiContext } from '../context.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes-routeid.html#GetRoute */
export const getRoute = (context: HttpApiContext) =>
  operation('apigatewayv2', 'GetRoute', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/apis/${input.ApiId}/routes/${input.RouteId}`),
    handle: (input) => findPart(context, context.records.routes, 'Route', input.ApiId, input.RouteId),
  });
