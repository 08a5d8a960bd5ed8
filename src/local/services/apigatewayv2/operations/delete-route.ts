import { operation } from '../../../service.ts';
import { access, edited, findPart, type HttpApiContext } from '../context.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes-routeid.html#DeleteRoute */
export const deleteRoute = (context: HttpApiContext) =>
  operation('apigatewayv2', 'DeleteRoute', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', `/apis/${input.ApiId}/routes/${input.RouteId}`),
    handle({ ApiId = '', RouteId }) {
      const { records } = context;
      const found = findPart(context, records.routes, 'Route', ApiId, RouteId);
      records.routes.delete([ApiId, found.RouteId]);
      edited(context, ApiId);
      return {};
    },
  });
