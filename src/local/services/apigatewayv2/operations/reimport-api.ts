import { passRole } from '../../../pass-role.ts';
import { operation } from '../../../service.ts';
import { access, edited, findApi, type HttpApiContext } from '../context.ts';
import { importInto } from '../import.ts';
import { importProblems, rolesOf } from '../open-api.ts';
import { shownApi } from '../shown.ts';

/** Warnings are not told apart: what cannot be done is refused. https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html#ReimportApi */
export const reimportApi = (context: HttpApiContext) =>
  operation('apigatewayv2', 'ReimportApi', {
    accepts: 'all',
    access: (input) => [
      access(context, 'PUT', `/apis/${input.ApiId}`),
      ...passRole('apigateway.amazonaws.com', ...rolesOf(input.Body)),
    ],
    problems: importProblems,
    handle(input) {
      const api = importInto(context, findApi(context, input.ApiId), input.Body);
      edited(context, api.ApiId);
      return shownApi(api, context.env);
    },
  });
