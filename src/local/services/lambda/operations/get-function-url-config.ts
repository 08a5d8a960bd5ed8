import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { findUrl, shownUrl } from '../function-urls/configs.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionUrlConfig.html */
export const getFunctionUrlConfig = (context: LambdaContext) =>
  operation('lambda', 'GetFunctionUrlConfig', {
    accepts: 'all',
    access: (input) => functionAccess(context, 'GetFunctionUrlConfig', input.FunctionName, input.Qualifier),
    handle: (input) => shownUrl(context, findUrl(context, input)),
  });
