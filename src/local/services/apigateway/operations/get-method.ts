import { operation } from '../../../service.ts';
import { access, findMethod, type GatewayContext, methodPath } from '../context.ts';
import { shownMethod } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetMethod.html */
export const getMethod = (context: GatewayContext) =>
  operation('apigateway', 'GetMethod', {
    accepts: 'all',
    access: (input) => access(context, 'GET', methodPath(input)),
    handle(input) {
      return shownMethod(findMethod(context, input));
    },
  });
