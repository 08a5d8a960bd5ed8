import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { findUrl, urlKey } from '../function-urls/configs.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionUrlConfig.html */
export const deleteFunctionUrlConfig = (context: LambdaContext) =>
  operation('lambda', 'DeleteFunctionUrlConfig', {
    accepts: 'all',
    access: (input) =>
      functionAccess(context, 'DeleteFunctionUrlConfig', input.FunctionName, input.Qualifier),
    handle(input) {
      findUrl(context, input);
      context.records.urls.delete(urlKey(context, input));
      return {};
    },
  });
