import { lookup } from '../../../../core/lookup.ts';
import { operation } from '../../../service.ts';
import { access, findMethod, type GatewayContext, methodPath, putMethodRecord } from '../context.ts';
import { conflict } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethodResponse.html */
export const putMethodResponse = (context: GatewayContext) =>
  operation('apigateway', 'PutMethodResponse', {
    accepts: 'all',
    access: (input) => access(context, 'PUT', `${methodPath(input)}/responses/${input.statusCode}`),
    handle(input) {
      const method = findMethod(context, input);
      const status = input.statusCode ?? '';
      if (lookup(method.methodResponses, status)) throw conflict('Response already exists for this resource');
      const response = {
        statusCode: status,
        responseParameters: input.responseParameters,
        responseModels: input.responseModels,
      };
      putMethodRecord(context, input, {
        ...method,
        methodResponses: { ...method.methodResponses, [status]: response },
      });
      return response;
    },
  });
