import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { invokeConfigAt, noInvokeConfig, shownInvokeConfig } from '../event-invoke-configs.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html */
export const getFunctionEventInvokeConfig = (context: LambdaContext) =>
  operation('lambda', 'GetFunctionEventInvokeConfig', {
    accepts: 'all',
    access: (input) =>
      functionAccess(context, 'GetFunctionEventInvokeConfig', input.FunctionName, input.Qualifier),
    handle(input) {
      const key = invokeConfigAt(context, input.FunctionName, input.Qualifier);
      const config = context.records.invokeConfigs.get(key);
      if (!config) throw noInvokeConfig(context.env, key);
      return shownInvokeConfig(config, key, context.env);
    },
  });
