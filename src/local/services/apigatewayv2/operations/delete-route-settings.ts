import { operation } from '../../../service.ts';
import { access, findPart, type HttpApiContext } from '../context.ts';
import { notFound } from '../errors.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename-routesettings-routekey.html#DeleteRouteSettings */
export const deleteRouteSettings = (context: HttpApiContext) =>
  operation('apigatewayv2', 'DeleteRouteSettings', {
    accepts: 'all',
    access: (input) =>
      access(
        context,
        'DELETE',
        `/apis/${input.ApiId}/stages/${input.StageName}/routesettings/${input.RouteKey}`,
      ),
    handle({ ApiId = '', StageName, RouteKey = '' }) {
      const { records } = context;
      const stage = findPart(context, records.stages, 'Stage', ApiId, StageName);
      const { [RouteKey]: found, ...RouteSettings } = stage.RouteSettings ?? {};
      if (found === undefined) throw notFound('Route settings', RouteKey);
      records.stages.put([ApiId, stage.StageName], { ...stage, RouteSettings });
      context.served(ApiId);
      return {};
    },
  });
