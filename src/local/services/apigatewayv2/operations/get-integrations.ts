import { operation } from '../../../service.ts';
import { access, findApi, type HttpApiContext } from '../context.ts';
import { page } from '../paging.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html#GetIntegrations */
export const getIntegrations = (context: HttpApiContext) =>
  operation('apigatewayv2', 'GetIntegrations', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/apis/${input.ApiId}/integrations`),
    handle(input) {
      const { ApiId } = findApi(context, input.ApiId);
      return page([...context.records.integrations.values({ prefix: ApiId })], input);
    },
  });
