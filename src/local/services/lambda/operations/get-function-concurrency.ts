import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { readFunctionName, resolveVersion } from '../names.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html */
export const getFunctionConcurrency = (context: LambdaContext) =>
  operation('lambda', 'GetFunctionConcurrency', {
    accepts: 'all',
    access: (input) => functionAccess(context, 'GetFunctionConcurrency', input.FunctionName),
    handle(input) {
      const { env, records } = context;
      const { name } = readFunctionName(input.FunctionName, env);
      resolveVersion(records, env, { name, qualifier: undefined });
      return { ReservedConcurrentExecutions: records.settings.get(name)?.reservedConcurrency };
    },
  });
