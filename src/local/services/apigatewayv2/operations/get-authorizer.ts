import { operation } from '../../../service.ts';
import { access, findPart, type HttpApiContext } from '../context.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers-authorizerid.html#GetAuthorizer */
export const getAuthorizer = (context: HttpApiContext) =>
  operation('apigatewayv2', 'GetAuthorizer', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/apis/${input.ApiId}/authorizers/${input.AuthorizerId}`),
    handle: (input) =>
      findPart(context, context.records.authorizers, 'Authorizer', input.ApiId, input.AuthorizerId),
  });
