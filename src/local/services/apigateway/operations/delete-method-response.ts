import { operation } from '../../../service.ts';
import { access, findMethod, type GatewayContext, methodPath, putMethodRecord } from '../context.ts';
import { notFound } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteMethodResponse.html */
export const deleteMethodResponse = (context: GatewayContext) =>
  operation('apigateway', 'DeleteMethodResponse', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', `${methodPath(input)}/responses/${input.statusCode}`),
    handle(input) {
      const method = findMethod(context, input);
      const { [input.statusCode ?? '']: found, ...methodResponses } = method.methodResponses ?? {};
      if (!found) throw notFound('Response status code');
      putMethodRecord(context, input, { ...method, methodResponses });
      return {};
    },
  });
