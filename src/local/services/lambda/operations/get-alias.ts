import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import { aliasOf, shownAlias } from '../aliases.ts';
import type { LambdaContext } from '../context.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html */
export const getAlias = (context: LambdaContext) =>
  operation('lambda', 'GetAlias', {
    accepts: 'all',
    access: (input) => functionAccess(context, 'GetAlias', input.FunctionName),
    handle(input) {
      return shownAlias(aliasOf(context, input.FunctionName, input.Name), context.env);
    },
  });
