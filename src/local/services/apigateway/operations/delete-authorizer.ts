import { operation } from '../../../service.ts';
import { access, findAuthorizer, type GatewayContext } from '../context.ts';
import { conflict } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteAuthorizer.html */
export const deleteAuthorizer = (context: GatewayContext) =>
  operation('apigateway', 'DeleteAuthorizer', {
    accepts: 'all',
    access: (input) =>
      access(context, 'DELETE', `/restapis/${input.restApiId}/authorizers/${input.authorizerId}`),
    handle(input) {
      const { records } = context;
      const apiId = input.restApiId ?? '';
      const { id } = findAuthorizer(context, apiId, input.authorizerId);
      for (const { methods } of records.resources.values({ prefix: apiId }))
        if (Object.values(methods).some((method) => method.authorizerId === id))
          throw conflict('Cannot delete authorizer, is referenced in method');
      records.authorizers.delete([apiId, id]);
      return {};
    },
  });
