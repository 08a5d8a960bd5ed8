import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { importInto, importProblems } from '../open-api/import.ts';
import { shownApi } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutRestApi.html */
export const putRestApi = (context: GatewayContext) =>
  operation('apigateway', 'PutRestApi', {
    accepts: 'all',
    access: (input) => access(context, 'PUT', `/restapis/${input.restApiId}`),
    problems: (input) => importProblems(input, context.env),
    handle(input) {
      const { id } = findApi(context, input.restApiId);
      importInto(context, id, input, input.mode ?? 'merge');
      return shownApi(findApi(context, id));
    },
  });
