import { operation } from '../../../service.ts';
import { access, findApi, type HttpApiContext } from '../context.ts';
import { page } from '../paging.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html#GetAuthorizers */
export const getAuthorizers = (context: HttpApiContext) =>
  operation('apigatewayv2', 'GetAuthorizers', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/apis/${input.ApiId}/authorizers`),
    handle(input) {
      const { ApiId } = findApi(context, input.ApiId);
      return page([...context.records.authorizers.values({ prefix: ApiId })], input);
    },
  });
