import { passRole } from '../../../pass-role.ts';
import { operation } from '../../../service.ts';
import { access, edited, type HttpApiContext } from '../context.ts';
import { importInto } from '../import.ts';
import { newApi } from '../new-api.ts';
import { importProblems, rolesOf } from '../open-api.ts';
import { shownApi } from '../shown.ts';

/** Warnings are not told apart: what cannot be done is refused. https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html#ImportApi */
export const importApi = (context: HttpApiContext) =>
  operation('apigatewayv2', 'ImportApi', {
    accepts: 'all',
    access: (input) => [
      access(context, 'PUT', '/apis'),
      ...passRole('apigateway.amazonaws.com', ...rolesOf(input.Body)),
    ],
    problems: importProblems,
    handle(input) {
      const api = context.env.store.transaction(() =>
        importInto(context, newApi(context, { Name: '', ProtocolType: 'HTTP' }), input.Body),
      );
      edited(context, api.ApiId);
      return shownApi(api, context.env);
    },
  });
