import { operation } from '../../../service.ts';
import { apiProblems } from '../api-features.ts';
import { access, edited, findApi, type HttpApiContext, merged } from '../context.ts';
import { shownApi } from '../shown.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html#UpdateApi */
export const updateApi = (context: HttpApiContext) =>
  operation('apigatewayv2', 'UpdateApi', {
    accepts: [
      ...(['ApiId', 'Name', 'Description', 'Version', 'CorsConfiguration'] as const),
      ...(['DisableExecuteApiEndpoint', 'RouteSelectionExpression', 'IpAddressType'] as const),
    ],
    access: (input) => access(context, 'PATCH', `/apis/${input.ApiId}`),
    problems: apiProblems,
    handle({ ApiId, ...given }) {
      const api = merged(findApi(context, ApiId), given);
      context.records.apis.put([api.ApiId], api);
      edited(context, api.ApiId);
      return shownApi(api, context.env);
    },
  });
