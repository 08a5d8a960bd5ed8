import { operation } from '../../../service.ts';
import { access, edited, findApi, type HttpApiContext, newId } from '../context.ts';
import { checkRoute, routeProblems } from '../route-features.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html#CreateRoute */
export const createRoute = (context: HttpApiContext) =>
  operation('apigatewayv2', 'CreateRoute', {
    accepts: [
      ...(['ApiId', 'RouteKey', 'Target', 'OperationName'] as const),
      ...(['AuthorizationType', 'AuthorizerId', 'AuthorizationScopes', 'ApiKeyRequired'] as const),
    ],
    access: (input) => access(context, 'POST', `/apis/${input.ApiId}/routes`),
    problems: routeProblems,
    handle({ ApiId: id, ...given }) {
      const { ApiId } = findApi(context, id);
      const route = {
        AuthorizationType: 'NONE' as const,
        ApiKeyRequired: false,
        ...given,
        RouteId: newId(context.env, 7),
        RouteKey: given.RouteKey ?? '',
      };
      checkRoute(context, ApiId, route);
      context.records.routes.put([ApiId, route.RouteId], route);
      edited(context, ApiId);
      return route;
    },
  });
