import { operation, thrownBy } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { checkDestination } from '../destinations.ts';
import {
  checkedInvokeConfig,
  destinations,
  invokeConfigAt,
  shownInvokeConfig,
} from '../event-invoke-configs.ts';

/** Destinations in S3 are refused by name. https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
export const putFunctionEventInvokeConfig = (context: LambdaContext) =>
  operation('lambda', 'PutFunctionEventInvokeConfig', {
    accepts: 'all',
    access: (input) =>
      functionAccess(context, 'PutFunctionEventInvokeConfig', input.FunctionName, input.Qualifier),
    *problems({ DestinationConfig: to }) {
      for (const arn of [to?.OnSuccess?.Destination, to?.OnFailure?.Destination])
        if (arn) yield* thrownBy(() => checkDestination(context.env, arn, destinations));
    },
    async handle(input) {
      const { env, records } = context;
      const key = invokeConfigAt(context, input.FunctionName, input.Qualifier);
      const config = { ...(await checkedInvokeConfig(context, key, input)), modifiedAt: env.clock.now() };
      records.invokeConfigs.put(key, config);
      return shownInvokeConfig(config, key, env);
    },
  });
