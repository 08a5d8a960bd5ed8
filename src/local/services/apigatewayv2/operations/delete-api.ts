import { operation } from '../../../service.ts';
import { access, findApi, type HttpApiContext } from '../context.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html#DeleteApi */
export const deleteApi = (context: HttpApiContext) =>
  operation('apigatewayv2', 'DeleteApi', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', `/apis/${input.ApiId}`),
    handle(input) {
      const { env, records } = context;
      const { ApiId } = findApi(context, input.ApiId);
      env.store.transaction(() => {
        records.apis.delete([ApiId]);
        for (const parts of [
          ...[records.routes, records.integrations, records.authorizers],
          ...[records.stages, records.deployments, records.snapshots],
        ])
          parts.clear([ApiId]);
      });
      context.served(ApiId);
      return {};
    },
  });
