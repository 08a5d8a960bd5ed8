import { operation } from '../../../service.ts';
import { access, findMethod, type GatewayContext, methodPath } from '../context.ts';
import { notFound } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetMethodResponse.html */
export const getMethodResponse = (context: GatewayContext) =>
  operation('apigateway', 'GetMethodResponse', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `${methodPath(input)}/responses/${input.statusCode}`),
    handle(input) {
      const response = findMethod(context, input).methodResponses?.[input.statusCode ?? ''];
      if (!response) throw notFound('Response status code');
      return response;
    },
  });
