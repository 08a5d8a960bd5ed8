import { passRole } from '../../../pass-role.ts';
import { operation } from '../../../service.ts';
import { apiProblems } from '../api-features.ts';
import { access, edited, type HttpApiContext } from '../context.ts';
import { newApi } from '../new-api.ts';
import { shownApi } from '../shown.ts';

/** Quick create, with Target, makes the integration, the route and the stage, too. https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html#CreateApi */
export const createApi = (context: HttpApiContext) =>
  operation('apigatewayv2', 'CreateApi', {
    accepts: [
      ...(['Name', 'ProtocolType', 'Description', 'Version', 'CorsConfiguration', 'Target'] as const),
      ...(['RouteKey', 'CredentialsArn', 'DisableExecuteApiEndpoint', 'RouteSelectionExpression'] as const),
      ...(['IpAddressType', 'Tags'] as const),
    ],
    access: (input) => [
      access(context, 'POST', '/apis'),
      ...passRole('apigateway.amazonaws.com', input.CredentialsArn),
    ],
    problems: apiProblems,
    handle(input) {
      const api = newApi(context, input);
      edited(context, api.ApiId);
      return shownApi(api, context.env);
    },
  });
