import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { checkedInvokeConfig, invokeConfigAt, shownInvokeConfig } from '../event-invoke-configs.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionEventInvokeConfig.html */
export const updateFunctionEventInvokeConfig = (context: LambdaContext) =>
  operation('lambda', 'UpdateFunctionEventInvokeConfig', {
    accepts: 'all',
    access: (input) =>
      functionAccess(context, 'UpdateFunctionEventInvokeConfig', input.FunctionName, input.Qualifier),
    async handle(input) {
      const { env, records } = context;
      const key = invokeConfigAt(context, input.FunctionName, input.Qualifier);
      const config = {
        ...records.invokeConfigs.get(key),
        ...(await checkedInvokeConfig(context, key, input)),
        modifiedAt: env.clock.now(),
      };
      records.invokeConfigs.put(key, config);
      return shownInvokeConfig(config, key, env);
    },
  });
