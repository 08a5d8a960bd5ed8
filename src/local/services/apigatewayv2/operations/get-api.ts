import { operation } from '../../../service.ts';
import { access, findApi, type HttpApiContext } from '../context.ts';
import { shownApi } from '../shown.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html#GetApi */
export const getApi = (context: HttpApiContext) =>
  operation('apigatewayv2', 'GetApi', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/apis/${input.ApiId}`),
    handle: (input) => shownApi(findApi(context, input.ApiId), context.env),
  });
