import { operation } from '../../../service.ts';
import { access, findMethod, type GatewayContext, methodPath, putMethodRecord } from '../context.ts';
import { notFound } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteIntegration.html */
export const deleteIntegration = (context: GatewayContext) =>
  operation('apigateway', 'DeleteIntegration', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', `${methodPath(input)}/integration`),
    handle(input) {
      const { methodIntegration, ...method } = findMethod(context, input);
      if (!methodIntegration) throw notFound('Integration');
      putMethodRecord(context, input, method);
      return {};
    },
  });
