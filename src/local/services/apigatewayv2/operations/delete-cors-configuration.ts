import { operation } from '../../../service.ts';
import { access, edited, findApi, type HttpApiContext } from '../context.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-cors.html#DeleteCorsConfiguration */
export const deleteCorsConfiguration = (context: HttpApiContext) =>
  operation('apigatewayv2', 'DeleteCorsConfiguration', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', `/apis/${input.ApiId}/cors`),
    handle(input) {
      const { CorsConfiguration: _, ...api } = findApi(context, input.ApiId);
      context.records.apis.put([api.ApiId], api);
      edited(context, api.ApiId);
      return {};
    },
  });
