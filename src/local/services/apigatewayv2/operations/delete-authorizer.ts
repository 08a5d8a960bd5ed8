import { operation } from '../../../service.ts';
import { access, edited, findPart, type HttpApiContext } from '../context.ts';
import { conflict } from '../errors.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers-authorizerid.html#DeleteAuthorizer */
export const deleteAuthorizer = (context: HttpApiContext) =>
  operation('apigatewayv2', 'DeleteAuthorizer', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', `/apis/${input.ApiId}/authorizers/${input.AuthorizerId}`),
    handle({ ApiId = '', AuthorizerId }) {
      const { records } = context;
      const found = findPart(context, records.authorizers, 'Authorizer', ApiId, AuthorizerId);
      for (const route of records.routes.values({ prefix: ApiId }))
        if (route.AuthorizerId === found.AuthorizerId)
          throw conflict(`Authorizer '${found.AuthorizerId}' is referenced in Route: '${route.RouteId}'.`);
      records.authorizers.delete([ApiId, found.AuthorizerId]);
      edited(context, ApiId);
      return {};
    },
  });
