import { operation } from '../../../service.ts';
import { access, findAuthorizer, type GatewayContext } from '../context.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetAuthorizer.html */
export const getAuthorizer = (context: GatewayContext) =>
  operation('apigateway', 'GetAuthorizer', {
    accepts: 'all',
    access: (input) =>
      access(context, 'GET', `/restapis/${input.restApiId}/authorizers/${input.authorizerId}`),
    handle: (input) => findAuthorizer(context, input.restApiId, input.authorizerId),
  });
