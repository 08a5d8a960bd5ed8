import { operation } from '../../../service.ts';
import { access, edited, findPart, type HttpApiContext } from '../context.ts';
import { conflict } from '../errors.ts';
import { integrationOf } from '../route-features.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html#DeleteIntegration */
export const deleteIntegration = (context: HttpApiContext) =>
  operation('apigatewayv2', 'DeleteIntegration', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', `/apis/${input.ApiId}/integrations/${input.IntegrationId}`),
    handle({ ApiId = '', IntegrationId }) {
      const { records } = context;
      const found = findPart(context, records.integrations, 'Integration', ApiId, IntegrationId);
      for (const route of records.routes.values({ prefix: ApiId }))
        if (integrationOf(route) === found.IntegrationId)
          throw conflict(
            `Cannot delete Integration '${found.IntegrationId}'. Integration is referenced in Route: '${route.RouteId}'.`,
          );
      records.integrations.delete([ApiId, found.IntegrationId]);
      edited(context, ApiId);
      return {};
    },
  });
