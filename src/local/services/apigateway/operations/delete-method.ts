import { operation } from '../../../service.ts';
import { access, findMethod, type GatewayContext, methodPath, putMethodRecord } from '../context.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteMethod.html */
export const deleteMethod = (context: GatewayContext) =>
  operation('apigateway', 'DeleteMethod', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', methodPath(input)),
    handle(input) {
      findMethod(context, input);
      putMethodRecord(context, input, undefined);
      return {};
    },
  });
