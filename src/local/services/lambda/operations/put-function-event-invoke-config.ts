import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { checkedInvokeConfig, invokeConfigAt, shownInvokeConfig } from '../event-invoke-configs.ts';

/** Destinations in S3 are refused by name. https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
export const putFunctionEventInvokeConfig = (context: LambdaContext) =>
  operation('lambda', 'PutFunctionEventInvokeConfig', {
    accepts: 'all',
    access: (input) =>
      functionAccess(context, 'PutFunctionEventInvokeConfig', input.FunctionName, input.Qualifier),
    async handle(input) {
      const { env, records } = context;
      const key = invokeConfigAt(context, input.FunctionName, input.Qualifier);
      const config = { ...(await checkedInvokeConfig(context, key, input)), modifiedAt: env.clock.now() };
      records.invokeConfigs.put(key, config);
      return shownInvokeConfig(config, key, env);
    },
  });
