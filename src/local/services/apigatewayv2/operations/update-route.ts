import { operation, throwFirst } from '../../../service.ts';
import { access, edited, findPart, type HttpApiContext, merged } from '../context.ts';
import { checkRoute, routeProblems } from '../route-features.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes-routeid.html#UpdateRoute */
export const updateRoute = (context: HttpApiContext) =>
  operation('apigatewayv2', 'UpdateRoute', {
    accepts: [
      ...(['ApiId', 'RouteId', 'RouteKey', 'Target', 'OperationName'] as const),
      ...(['AuthorizationType', 'AuthorizerId', 'AuthorizationScopes', 'ApiKeyRequired'] as const),
    ],
    access: (input) => access(context, 'PATCH', `/apis/${input.ApiId}/routes/${input.RouteId}`),
    handle({ ApiId = '', RouteId, ...given }) {
      const before = findPart(context, context.records.routes, 'Route', ApiId, RouteId);
      const route = merged(before, given);
      throwFirst(routeProblems(route));
      checkRoute(context, ApiId, route);
      context.records.routes.put([ApiId, route.RouteId], route);
      edited(context, ApiId);
      return route;
    },
  });
