import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { invokeConfigAt, noInvokeConfig } from '../event-invoke-configs.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionEventInvokeConfig.html */
export const deleteFunctionEventInvokeConfig = (context: LambdaContext) =>
  operation('lambda', 'DeleteFunctionEventInvokeConfig', {
    accepts: 'all',
    access: (input) =>
      functionAccess(context, 'DeleteFunctionEventInvokeConfig', input.FunctionName, input.Qualifier),
    handle(input) {
      const key = invokeConfigAt(context, input.FunctionName, input.Qualifier);
      if (!context.records.invokeConfigs.delete(key)) throw noInvokeConfig(context.env, key);
      return {};
    },
  });
